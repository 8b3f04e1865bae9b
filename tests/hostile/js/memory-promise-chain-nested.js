// status: limit|timeout
// code: memory_limit|wall_time_limit
// timeout: 3s
// memory: 16MiB
// why: an async function that waits for itself, one more promise each time; a link lost to the limit breaks the chain, and then it may run for ever
const f = () => Promise.resolve().then(f);
await f();
