// status: timeout
// code: wall_time_limit
// why: a sort comparator that never answers
[3, 1, 2].sort(() => { for (;;); });
