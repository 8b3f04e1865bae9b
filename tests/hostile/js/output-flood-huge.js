// status: timeout
// code: wall_time_limit
// why: console.log of a mebibyte without end
const s = 'x'.repeat(1 << 20);
for (;;) console.log(s);
