// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: from getter
// why: a getter of the value throws while the value is read
({ a: 1, get b() { throw new Error('from getter'); } });
