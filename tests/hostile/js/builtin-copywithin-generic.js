// status: timeout
// code: wall_time_limit
// why: copyWithin over an array-like without elements
[].copyWithin.call({ length: 2 ** 53 - 1 }, 0, 1);
