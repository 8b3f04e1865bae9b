// status: timeout
// code: wall_time_limit
// timeout: 150ms
// tools: never
// why: waiting for a tool that never answers counts as wall time, and is no deadlock
await tools.never({});
