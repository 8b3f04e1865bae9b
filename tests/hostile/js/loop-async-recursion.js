// status: timeout
// code: wall_time_limit
// why: an async function that starts itself again after each await
const f = async () => { await 0; f(); };
f();
await new Promise(() => {});
