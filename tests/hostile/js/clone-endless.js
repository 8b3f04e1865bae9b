// status: timeout|limit
// code: wall_time_limit|memory_limit
// why: a getter that gives a new object with the same getter each time
const next = () => ({ get a() { return next(); } });
structuredClone(next());
