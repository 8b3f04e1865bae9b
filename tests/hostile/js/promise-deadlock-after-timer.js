// status: error
// timeout: 20s
// code: deadlock
// why: the last timer fires, and nothing is left to wait for
await new Promise((r) => setTimeout(() => {}, 5));
