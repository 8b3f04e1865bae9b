// status: timeout
// code: wall_time_limit
// why: finally returns a thenable that never settles by looping
await Promise.reject(new Error('x')).finally(() => ({ then() { for (;;); } })).catch(() => {});
