// status: timeout
// code: wall_time_limit
// polls: no
// why: indexOf of a needle that almost matches everywhere, quadratic in mebibytes
'a'.repeat(1 << 24).indexOf('a'.repeat(1 << 23) + 'b');
