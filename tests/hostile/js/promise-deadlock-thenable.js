// status: error
// timeout: 20s
// code: deadlock
// why: a thenable that never calls back
await { then() {} };
