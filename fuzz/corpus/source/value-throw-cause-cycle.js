// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: outer
// why: an error that is its own cause, and one of its own errors
const e = new AggregateError([], 'inner');
const o = new Error('outer', { cause: e });
e.cause = o;
e.errors.push(e, o);
throw o;
