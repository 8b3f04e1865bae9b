// status: error
// timeout: 20s
// code: uncaught_error
// why: an error that calls itself interrupted is no timeout
const e = new InternalError('interrupted');
e.code = 'wall_time_limit';
throw e;
