// status: timeout
// code: wall_time_limit
// why: catastrophic backtracking of overlapping alternatives
/^(a|aa)+$/.test('a'.repeat(200) + 'b');
