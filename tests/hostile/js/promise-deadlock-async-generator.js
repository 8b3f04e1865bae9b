// status: error
// timeout: 20s
// code: deadlock
// why: an async generator that waits for its own next value
const it = (async function* () { yield await it.next(); })();
await it.next();
