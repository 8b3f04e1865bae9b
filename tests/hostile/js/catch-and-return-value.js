// status: timeout
// code: wall_time_limit
// why: a kill must not be turned into a value
let r = 'clean';
try { for (;;); } catch { r = 'caught'; } finally { r = 'finally'; }
r;
