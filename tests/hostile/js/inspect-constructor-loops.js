// status: timeout
// code: wall_time_limit
// why: the constructor's hasInstance, which inspect asks, never answers
class K { static [Symbol.hasInstance]() { for (;;); } }
console.log(new K());
