// status: timeout
// code: wall_time_limit
// why: a getter of the value never answers
({ get b() { for (;;); } });
