// status: timeout
// code: wall_time_limit
// why: native sort of four million floats, again and again
const t = new Float64Array(4e6);
for (;;) { t[0] = 1; t.sort(); t.reverse(); }
