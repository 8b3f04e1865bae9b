// status: timeout
// code: wall_time_limit
// why: two thenables that resolve with each other
const a = { then(yes) { yes(b); } }, b = { then(yes) { yes(a); } };
await a;
