// status: timeout
// code: wall_time_limit
// why: backtracking inside a lookbehind
/(?<=c(?:a|aa)+)b/.test('a'.repeat(200) + 'b');
