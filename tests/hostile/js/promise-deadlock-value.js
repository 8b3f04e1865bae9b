// status: error
// timeout: 20s
// code: deadlock
// why: the value is a promise that nobody can ever resolve
new Promise(() => {});
