// status: timeout
// code: wall_time_limit
// why: Promise.prototype.finally and catch must not run after the kill
let r;
await Promise.resolve().then(() => { for (;;); }).catch(() => { r = 1; }).finally(() => { for (;;); });
r;
