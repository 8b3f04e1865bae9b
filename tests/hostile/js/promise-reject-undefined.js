// status: error
// code: uncaught_error
// why: a rejection without a reason
await Promise.reject();
