// status: timeout
// code: wall_time_limit
// why: the cycle check of JSON.stringify is quadratic in depth
let a = [];
for (let i = 0; i < 1000; i++) a = [a];
const wide = Array(1 << 20).fill(a);
JSON.stringify(wide, (k, v) => (v === 0 ? 0 : v));
