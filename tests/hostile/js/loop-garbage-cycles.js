// status: timeout
// code: wall_time_limit
// why: the collector runs again and again over cyclic garbage, and must keep the memory below its limit
for (;;) { const a = { b: {} }; a.b.a = a; }
