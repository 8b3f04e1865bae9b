// status: timeout
// code: wall_time_limit
// copies: 40
// why: forty runs at once that never end, each of which is killed at its time
for (;;) console.log('x');
