// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: first
// why: nothing that was planned may run after the run has ended with an error
setTimeout(() => { for (;;); }, 0);
queueMicrotask(() => {});
throw new Error('first');
