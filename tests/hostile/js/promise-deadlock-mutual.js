// status: error
// timeout: 20s
// code: deadlock
// why: two async functions wait for each other
let b;
const a = (async () => { await null; await b; })();
b = (async () => { await null; await a; })();
await Promise.all([a, b]);
