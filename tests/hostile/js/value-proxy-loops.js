// status: timeout
// code: wall_time_limit
// why: the traps of a proxy never answer
new Proxy({ a: 1 }, { ownKeys() { for (;;); }, get() { for (;;); } });
