// status: timeout
// code: wall_time_limit
// polls: no
// why: join of the longest sparse array with an empty separator
Array(2 ** 32 - 1).join('');
