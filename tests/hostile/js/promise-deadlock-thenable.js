// status: error
// code: deadlock
// why: a thenable that never calls back
await { then() {} };
