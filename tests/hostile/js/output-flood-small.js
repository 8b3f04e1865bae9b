// status: timeout
// code: wall_time_limit
// why: console.log of one character without end
for (;;) console.log('x');
