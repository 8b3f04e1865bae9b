// status: error
// code: uncaught_error
// timeout: 20s
// error: Error: v
// why: the completion value is a rejected promise that was handled elsewhere
const p = Promise.reject(new Error('v'));
p.catch(() => {});
p;
