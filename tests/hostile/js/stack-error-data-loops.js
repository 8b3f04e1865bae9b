// status: timeout
// code: wall_time_limit
// why: the data of an uncaught error has a toJSON that never answers
throw Object.assign(new Error('x'), { data: { toJSON() { for (;;); } } });
