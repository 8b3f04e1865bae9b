// status: timeout
// code: wall_time_limit
// why: an endless setter reached by Object.assign
Object.assign({ set x(v) { for (;;); } }, { x: 1 });
