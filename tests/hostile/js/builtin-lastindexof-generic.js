// status: timeout
// code: wall_time_limit
// why: lastIndexOf from the far end of an empty array-like
[].lastIndexOf.call({ length: 2 ** 53 - 1 }, 1);
