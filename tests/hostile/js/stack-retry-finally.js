// status: timeout
// code: wall_time_limit
// why: each level tries again in finally
function f() { try { f(); } finally { f(); } }
f();
