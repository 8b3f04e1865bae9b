// status: timeout
// code: wall_time_limit
// why: Function compiles without end
for (;;) new Function('a', 'b', 'return a + b')(1, 2);
