// status: timeout
// code: wall_time_limit
// why: each promise job starts two, and one that finds no memory is only a rejection that nobody sees
(function f() { Promise.resolve().then(f); Promise.resolve().then(f); })();
await new Promise(() => {});
