// status: timeout
// code: wall_time_limit
// why: the has trap of a with scope never answers
with (new Proxy({}, { has() { for (;;); } })) someName;
