// status: timeout
// code: wall_time_limit
// why: valueOf of a new array length never answers
[].length = { valueOf() { for (;;); } };
