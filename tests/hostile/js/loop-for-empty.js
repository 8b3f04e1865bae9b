// status: timeout
// code: wall_time_limit
// why: a for loop without condition and body
for (;;);
