// status: timeout
// code: wall_time_limit
// why: backtracking through a named group and its back reference
/^(?<x>a+)+\k<x>b/.test('a'.repeat(80));
