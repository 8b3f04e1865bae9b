// status: timeout
// code: wall_time_limit
// why: the apply trap is the callback of a built-in
[1].map(new Proxy(() => 1, { apply() { for (;;); } }));
