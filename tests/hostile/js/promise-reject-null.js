// status: error
// code: uncaught_error
// why: a rejection with null
Promise.reject(null);
