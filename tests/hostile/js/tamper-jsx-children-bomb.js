// status: timeout
// code: wall_time_limit
// why: children that are shared lists forty levels deep
let c = ['x'];
for (let i = 0; i < 40; i++) c = [c, c];
for (;;) __jsx('a', null, c);
