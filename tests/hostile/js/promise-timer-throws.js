// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: timer
// why: an error thrown by a timer callback, while the run waits, ends it
setTimeout(() => { throw new Error('timer'); }, 1);
await new Promise((r) => setTimeout(r, 100));
