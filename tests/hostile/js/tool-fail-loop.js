// status: timeout
// code: wall_time_limit
// tools: fail
// why: a failing tool is called again and again, until the calls are used up, and then again
for (;;) { try { await tools.fail({}); } catch {} }
