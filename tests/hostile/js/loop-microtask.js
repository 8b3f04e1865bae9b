// status: timeout
// code: wall_time_limit
// why: queueMicrotask feeds itself, so timers and the host are starved
queueMicrotask(function f() { queueMicrotask(f); });
await new Promise(() => {});
