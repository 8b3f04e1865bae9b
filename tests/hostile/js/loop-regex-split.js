// status: timeout
// code: wall_time_limit
// why: split with a separator that backtracks
('a'.repeat(200) + '!').split(/(?:a|aa)+b/);
