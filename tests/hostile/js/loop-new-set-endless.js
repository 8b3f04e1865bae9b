// status: timeout
// code: wall_time_limit
// why: the Set constructor drinks from an endless iterator of one value
new Set({ [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }) }) });
