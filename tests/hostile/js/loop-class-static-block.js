// status: timeout
// code: wall_time_limit
// why: a class definition that never ends
class A { static { for (;;); } }
