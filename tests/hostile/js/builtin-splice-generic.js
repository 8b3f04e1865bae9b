// status: timeout
// code: wall_time_limit
// polls: no
// why: splice closes a gap of one in an array-like of the highest length
[].splice.call({ length: 2 ** 53 - 1 }, 0, 1);
