// status: timeout
// code: wall_time_limit
// why: clones of a thousand things without end
const v = Array.from({ length: 1000 }, (_, i) => new Map([[i, new Date(i)]]));
for (;;) structuredClone(v);
