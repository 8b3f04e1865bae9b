// status: timeout
// code: wall_time_limit
// why: an async loop that sleeps a little each time
for (;;) await new Promise((r) => setTimeout(r, 5));
