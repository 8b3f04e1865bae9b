// status: timeout
// code: wall_time_limit
// polls: no
// why: flat walks a graph of 2^60 paths that share 60 arrays, and yields nothing
let a = [];
for (let i = 0; i < 60; i++) a = [a, a];
a.flat(Infinity);
