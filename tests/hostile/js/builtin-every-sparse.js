// status: timeout
// code: wall_time_limit
// why: every over holes never calls back, so no guest code runs
Array(2 ** 32 - 1).every(() => false);
