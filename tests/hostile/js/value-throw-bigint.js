// status: error
// timeout: 20s
// code: uncaught_error
// why: a large number is thrown
throw 2n ** 100000n;
