// status: timeout
// code: wall_time_limit
// polls: no
// why: sort collects the elements of an array-like that has none
[].sort.call({ length: 2 ** 53 - 1 });
