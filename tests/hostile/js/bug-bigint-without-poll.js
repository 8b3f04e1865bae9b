// status: timeout
// code: wall_time_limit
// polls: no
// why: bellard/quickjs issues 545 and 546: arithmetic of great numbers asks for no interrupt
let a = (1n << 500000n) - 1n;
for (;;) a = (a * a) % ((1n << 500000n) + 1n);
