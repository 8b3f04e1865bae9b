// status: limit
// code: value_limit
// timeout: 3s
// why: the longest sparse array
new Array(2 ** 32 - 1);
