// status: timeout
// code: wall_time_limit
// why: division and remainder of the largest numbers
const x = 7n ** 350000n, y = 3n ** 300000n;
for (;;) [x / y, x % y];
