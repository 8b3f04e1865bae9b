// status: error
// timeout: 20s
// code: uncaught_error
// why: undefined is thrown
throw undefined;
