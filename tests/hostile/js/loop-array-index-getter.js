// status: timeout
// code: wall_time_limit
// why: a hole falls through to an endless getter on Array.prototype
Object.defineProperty(Array.prototype, 0, { get() { for (;;); } });
[, 1].indexOf(1);
