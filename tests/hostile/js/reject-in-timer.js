// status: error
// code: uncaught_error
// timeout: 20s
// error: Error: in a timer
// why: a timer leaves a rejection behind while the run waits for another one
setTimeout(() => { Promise.reject(new Error('in a timer')); }, 1);
await new Promise((r) => setTimeout(r, 10));
'not reached as ok';
