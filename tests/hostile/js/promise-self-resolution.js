// status: error
// timeout: 20s
// code: uncaught_error
// why: a promise resolved with itself
let resolve;
const p = new Promise((r) => { resolve = r; });
resolve(p);
await p;
