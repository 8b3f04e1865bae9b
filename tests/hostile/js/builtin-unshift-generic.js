// status: timeout
// code: wall_time_limit
// why: unshift moves an array-like without elements
[].unshift.call({ length: 2 ** 53 - 2 }, 1);
