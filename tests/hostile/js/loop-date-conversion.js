// status: timeout
// code: wall_time_limit
// why: the Date constructor converts an argument that never answers
new Date(2020, { valueOf() { for (;;); } });
