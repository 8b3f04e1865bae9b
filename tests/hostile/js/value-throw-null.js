// status: error
// code: uncaught_error
// why: null is thrown
throw null;
