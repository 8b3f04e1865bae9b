// status: timeout
// code: wall_time_limit
// why: an option of console.dir whose getter never answers
console.dir({ a: 1 }, { get depth() { for (;;); } });
