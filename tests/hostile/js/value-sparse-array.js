// status: limit
// code: value_limit
// timeout: 20s
// why: the longest sparse array
new Array(2 ** 32 - 1);
