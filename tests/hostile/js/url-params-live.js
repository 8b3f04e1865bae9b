// status: timeout|limit
// code: wall_time_limit|memory_limit
// why: pairs are added while they are listed
const p = new URLSearchParams('a=1');
p.forEach((v, k) => { p.append(k, v + 'x'); });
