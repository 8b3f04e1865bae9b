// status: error
// timeout: 20s
// code: deadlock
// why: the run waits for what nobody can ever resolve
await new Promise(() => {});
