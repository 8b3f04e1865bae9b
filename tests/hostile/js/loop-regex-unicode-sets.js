// status: timeout
// code: wall_time_limit
// why: backtracking over a class with set notation and case folding
/^([\p{L}--[b-z]]+)+$/iv.test('a'.repeat(60) + '1');
