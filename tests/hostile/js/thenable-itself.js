// status: timeout
// code: wall_time_limit
// why: a thenable that resolves with itself keeps the jobs busy for ever
const t = { then(yes) { yes(t); } };
return t;
