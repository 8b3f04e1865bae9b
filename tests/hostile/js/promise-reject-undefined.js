// status: error
// timeout: 20s
// code: uncaught_error
// why: a rejection without a reason
await Promise.reject();
