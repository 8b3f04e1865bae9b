// status: timeout
// code: wall_time_limit
// why: includes over the longest sparse array
Array(2 ** 32 - 1).includes(1);
