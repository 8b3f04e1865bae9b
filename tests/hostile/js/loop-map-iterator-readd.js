// status: timeout
// code: wall_time_limit
// why: a Map iteration that always finds one more entry
const m = new Map([[0, 0]]);
for (const [k] of m) { m.delete(k); m.set(k, 0); }
