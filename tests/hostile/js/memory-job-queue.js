// status: limit
// code: memory_limit
// timeout: 20s
// why: the job queue grows while no job can run
for (;;) queueMicrotask(() => {});
