// status: timeout
// code: wall_time_limit
// why: the getOwnPropertyDescriptor trap under Object.freeze and spread never answers
({ ...new Proxy({ a: 1 }, { getOwnPropertyDescriptor() { for (;;); } }) });
