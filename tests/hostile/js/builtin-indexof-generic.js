// status: timeout
// code: wall_time_limit
// why: indexOf over an array-like of the highest length
[].indexOf.call({ length: 2 ** 53 - 1 }, 1);
