// status: timeout
// code: wall_time_limit
// why: the endless loop is in the callback of a timer
await new Promise(() => { setTimeout(() => { for (;;); }, 1); });
