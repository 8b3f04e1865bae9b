// status: error
// timeout: 20s
// code: uncaught_error
// why: null is thrown
throw null;
