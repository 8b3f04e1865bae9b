// status: timeout
// code: wall_time_limit
// why: the ownKeys trap under for-in never answers
for (const k in new Proxy({}, { ownKeys() { for (;;); } })) k;
