// status: timeout|limit
// code: wall_time_limit|memory_limit
// why: each handler of a rejection makes the next one
const again = () => Promise.reject(1).catch(again);
again();
