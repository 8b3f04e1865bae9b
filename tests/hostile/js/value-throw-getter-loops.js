// status: timeout
// code: wall_time_limit
// why: the message of the error that is thrown never answers
throw Object.defineProperty(new Error(), 'message', { get() { for (;;); } });
