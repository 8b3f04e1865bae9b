// status: error
// code: uncaught_error
// timeout: 20s
// error: Error: second
// why: handling one rejection throws another
Promise.reject(new Error('first')).catch(() => { throw new Error('second'); });
await new Promise((r) => setTimeout(r, 2));
1;
