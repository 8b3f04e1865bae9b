// status: limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: an async function that waits for itself, one more promise each time
const f = () => Promise.resolve().then(f);
await f();
