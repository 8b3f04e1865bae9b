// status: timeout
// code: wall_time_limit
// timeout: 150ms
// why: sleeping counts as wall time
await new Promise((r) => setTimeout(r, 3600000));
