// status: timeout
// code: wall_time_limit
// why: a thenable that resolves with another thenable, without end
const mk = () => ({ then(resolve) { resolve(mk()); } });
await mk();
