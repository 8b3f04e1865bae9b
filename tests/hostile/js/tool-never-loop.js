// status: timeout
// code: wall_time_limit
// tools: never
// why: a busy loop while a call is pending
tools.never({});
for (;;) await null;
