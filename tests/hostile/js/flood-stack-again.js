// status: limit
// code: stack_limit
// again: 30
// timeout: 5s
// why: runs of a session that use the whole stack
const f = n => [f(n + 1)].concat(before);
f(0);
