// status: timeout
// code: wall_time_limit
// why: decimal text of the largest numbers, quadratic
const x = 2n ** 1000000n - 1n;
for (;;) x.toString();
