// status: timeout
// code: wall_time_limit
// why: Date objects formatted and parsed in a loop of built-ins
for (let i = 0; ; i = (i + 1) % 1e9) new Date(new Date(i * 1e5).toISOString()).toLocaleString();
