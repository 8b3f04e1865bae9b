// status: timeout
// code: wall_time_limit
// why: closing a generator runs a finally that yields for ever
function* g() { try { yield 1; } finally { for (;;) yield 2; } }
for (;;) { for (const x of g()) break; }
