// status: timeout
// code: wall_time_limit
// why: toString of a property key never answers
({})[{ toString() { for (;;); } }];
