// status: timeout
// code: wall_time_limit
// why: a timer of 0 ms that sets the next, while the run waits for ever
(function f() { setTimeout(f, 0); })();
await new Promise(() => {});
