// status: error
// code: deadlock
// why: the race of none never ends
await Promise.race([]);
