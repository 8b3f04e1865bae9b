// status: error
// timeout: 20s
// code: uncaught_error
// why: the any of none fails with an AggregateError
await Promise.any([]);
