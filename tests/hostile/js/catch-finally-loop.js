// status: timeout
// code: wall_time_limit
// why: the loop goes on in finally
try { for (;;); } finally { for (;;); }
