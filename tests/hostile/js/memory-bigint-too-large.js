// status: error
// code: uncaught_error
// error: RangeError: BigInt is too large to allocate
// timeout: 20s
// why: squaring ends at the largest number of the engine, not at the memory limit
let x = 3n;
for (;;) x *= x;
