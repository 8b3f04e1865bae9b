// status: timeout
// code: wall_time_limit
// why: an interval that never ends, while the run waits for ever
let n = 0;
setInterval(() => { n++; }, 0);
await new Promise(() => {});
