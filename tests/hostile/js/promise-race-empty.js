// status: error
// timeout: 20s
// code: deadlock
// why: the race of none never ends
await Promise.race([]);
