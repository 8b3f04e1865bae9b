// status: limit
// timeout: 20s
// code: stack_limit
// why: an iterator whose iterator method spreads itself
const o = { [Symbol.iterator]() { return [...this][Symbol.iterator](); } };
[...o];
