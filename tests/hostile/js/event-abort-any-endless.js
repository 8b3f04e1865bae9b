// status: timeout|limit
// code: wall_time_limit|memory_limit
// why: AbortSignal.any of an endless list
const s = new AbortController().signal;
AbortSignal.any({ * [Symbol.iterator]() { for (;;) yield s; } });
