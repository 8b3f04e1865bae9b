// status: timeout
// code: wall_time_limit
// why: the then getter of the value never answers
(async () => ({ get then() { for (;;); } }))();
