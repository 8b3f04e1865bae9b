// status: limit
// code: memory_limit
// timeout: 3s
// why: the job queue grows while no job can run
for (;;) Promise.resolve().then(() => {});
