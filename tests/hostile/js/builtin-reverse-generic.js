// status: timeout
// code: wall_time_limit
// why: reverse of an array-like without elements
[].reverse.call({ length: 2 ** 53 - 1 });
