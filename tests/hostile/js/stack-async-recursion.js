// status: limit
// timeout: 20s
// code: stack_limit
// why: an async function that calls itself before its first await
const f = async () => { await f(); };
await f();
