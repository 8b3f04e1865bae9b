// status: timeout
// code: wall_time_limit
// why: Array.fromAsync over an endless iterator whose values are dropped by the mapper
let n = 0;
await Array.fromAsync({ [Symbol.iterator]: () => ({ next: () => { for (;;) n++; } }) });
