// status: timeout
// code: wall_time_limit
// polls: no
// why: parsing of the longest decimal numbers, quadratic
const s = '9'.repeat(300000);
for (;;) BigInt(s);
