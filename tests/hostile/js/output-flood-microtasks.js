// status: timeout
// code: wall_time_limit
// why: output from jobs that start one another
queueMicrotask(function f() { console.log('job'); queueMicrotask(f); });
await new Promise(() => {});
