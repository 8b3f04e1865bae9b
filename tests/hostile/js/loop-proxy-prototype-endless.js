// status: timeout
// code: wall_time_limit
// why: a getPrototypeOf trap answers a new proxy each time, instanceof never gets to the end
const mk = () => new Proxy({}, { getPrototypeOf: mk });
mk() instanceof Map;
