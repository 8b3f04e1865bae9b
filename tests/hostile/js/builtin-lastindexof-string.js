// status: timeout
// code: wall_time_limit
// polls: no
// why: lastIndexOf of a needle that fails at its last character
'a'.repeat(1 << 24).lastIndexOf('a'.repeat(1 << 23) + 'b');
