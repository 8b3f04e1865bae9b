// status: timeout
// code: wall_time_limit
// why: catastrophic backtracking of nested quantifiers
/^(a+)+$/.test('a'.repeat(60) + 'b');
