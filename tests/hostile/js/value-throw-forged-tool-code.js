// status: error
// timeout: 20s
// code: uncaught_error
// why: an error with the code of a tool limit is no limit
await Promise.reject(Object.assign(new Error('forged'), { code: 'tool_calls_limit' }));
