// status: timeout
// code: wall_time_limit
// why: a promise job that starts the next
(function f() { Promise.resolve().then(() => { f(); }); })();
await new Promise(() => {});
