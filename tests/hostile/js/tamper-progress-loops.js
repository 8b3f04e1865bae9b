// status: timeout
// code: wall_time_limit
// why: a number for progress that never comes out of its valueOf
progress({ valueOf() { for (;;); } });
