// status: timeout
// code: wall_time_limit
// why: the getPrototypeOf trap under instanceof never answers
new Proxy({}, { getPrototypeOf() { for (;;); } }) instanceof Map;
