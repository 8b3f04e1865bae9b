// status: timeout
// code: wall_time_limit
// polls: no
// why: copyWithin over an array-like without elements
[].copyWithin.call({ length: 2 ** 53 - 1 }, 0, 1);
