// status: error
// timeout: 20s
// code: uncaught_error
// why: a rejection with a thenable is not followed
await Promise.reject({ then() { for (;;); } });
