// status: error
// code: uncaught_error
// why: a symbol is thrown
throw Symbol('thrown');
