// status: timeout
// code: wall_time_limit
// tools: sync_echo
// why: a blocking tool in a loop that swallows the error at the number of calls
for (;;) { try { tools.sync_echo(1); } catch {} }
