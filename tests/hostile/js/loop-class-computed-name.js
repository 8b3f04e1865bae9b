// status: timeout
// code: wall_time_limit
// why: the computed name of a class member never answers
class A { [{ toString() { for (;;); } }]() {} }
