// status: error
// timeout: 20s
// code: uncaught_error
// why: a symbol is thrown
throw Symbol('thrown');
