// status: timeout
// code: wall_time_limit
// why: the loop is inside indirectly evaluated text
(0, eval)('for (;;) {}');
