// status: timeout
// code: wall_time_limit
// why: a thenable that resolves with itself
const t = { then(resolve) { resolve(t); } };
await t;
