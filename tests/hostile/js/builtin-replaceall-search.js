// status: timeout
// code: wall_time_limit
// polls: no
// why: replaceAll with a needle that almost matches everywhere
'a'.repeat(1 << 24).replaceAll('a'.repeat(1 << 23) + 'b', '');
