// status: timeout
// code: wall_time_limit
// why: every trap of a proxy is an endless function made by another proxy
const traps = new Proxy({}, { get: () => () => { for (;;); } });
new Proxy({}, traps).anything;
