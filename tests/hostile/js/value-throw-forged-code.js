// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: forged
// why: an error that carries the code of a limit is no limit
throw Object.assign(new Error('forged'), { code: 'memory_limit', status: 'limit', limit: true });
