// status: timeout
// code: wall_time_limit
// why: a thenable whose then loops after it has resolved
return { then(yes) { yes(1); for (;;); } };
