// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: from then
// why: the then getter of the awaited value throws
await { get then() { throw new Error('from then'); } };
