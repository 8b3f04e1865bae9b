// status: limit
// timeout: 20s
// code: stack_limit
// why: flat(Infinity) of an array that holds itself
const a = [];
a[0] = a;
a.flat(Infinity);
