// status: error
// code: deadlock
// why: the run waits for what nobody can ever resolve
await new Promise(() => {});
