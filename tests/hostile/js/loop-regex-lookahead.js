// status: timeout
// code: wall_time_limit
// why: backtracking inside a negative lookahead
/^(?!(?:x+x+)+y)./.test('x'.repeat(120));
