// status: timeout
// code: wall_time_limit
// why: quickjs-ng issue 1572: Iterator.find leaks a reference for each element, until the counter would overflow
const o = {};
const many = Array(60000).fill(o);
for (;;) many.values().find(() => false);
