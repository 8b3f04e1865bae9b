// status: error
// code: uncaught_error
// timeout: 20s
// error: Error: the reason
// why: a run that waits for ever says first what was rejected
Promise.reject(new Error('the reason'));
await new Promise(() => {});
