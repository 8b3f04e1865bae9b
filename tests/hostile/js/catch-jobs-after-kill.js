// status: timeout
// code: wall_time_limit
// why: jobs that wait behind the killed one must not run
for (let i = 0; i < 100; i++) queueMicrotask(() => { for (;;); });
await new Promise(() => {});
