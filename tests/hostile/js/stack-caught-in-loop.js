// status: timeout
// code: wall_time_limit
// why: the stack overflows again and again
const f = () => f() + 1;
for (;;) { try { f(); } catch {} }
