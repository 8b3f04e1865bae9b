// status: error
// timeout: 20s
// code: uncaught_error
// why: a rejection with null
Promise.reject(null);
