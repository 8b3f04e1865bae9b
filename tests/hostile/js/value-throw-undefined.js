// status: error
// code: uncaught_error
// why: undefined is thrown
throw undefined;
