// status: timeout
// code: wall_time_limit
// polls: no
// why: shift of the longest sparse array
Array(2 ** 32 - 1).shift();
