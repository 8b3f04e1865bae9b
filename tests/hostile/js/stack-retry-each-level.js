// status: timeout
// code: wall_time_limit
// why: each level catches the overflow and tries again, which takes 2^depth steps
function f() { try { f(); } catch { f(); } }
f();
