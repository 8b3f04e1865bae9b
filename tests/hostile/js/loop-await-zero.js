// status: timeout
// code: wall_time_limit
// why: top-level await in an endless loop
for (;;) await 0;
