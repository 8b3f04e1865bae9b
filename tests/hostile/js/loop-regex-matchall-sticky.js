// status: timeout
// code: wall_time_limit
// why: matchAll with a pattern that backtracks at each start
for (const m of ('x'.repeat(70) + '\n').matchAll(/((x+)(x+))+y/gms));
