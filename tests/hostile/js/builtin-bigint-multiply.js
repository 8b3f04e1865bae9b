// status: timeout
// code: wall_time_limit
// polls: no
// why: multiplication of numbers of half a million bits
const x = 3n ** 330000n;
for (;;) x * x;
