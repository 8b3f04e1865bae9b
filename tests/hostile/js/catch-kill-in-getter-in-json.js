// status: timeout
// code: wall_time_limit
// why: the kill comes inside a getter inside JSON.stringify inside a sort
try { [2, 1].sort(() => JSON.stringify({ get a() { for (;;); } })); } catch { for (;;); }
