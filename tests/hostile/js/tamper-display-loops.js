// status: timeout
// code: wall_time_limit
// why: a value whose toJSON gives a new one with a toJSON
const next = () => ({ toJSON: next });
for (;;) try { display(next()); } catch {}
