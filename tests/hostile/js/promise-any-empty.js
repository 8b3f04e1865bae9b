// status: error
// code: uncaught_error
// why: the any of none fails with an AggregateError
await Promise.any([]);
