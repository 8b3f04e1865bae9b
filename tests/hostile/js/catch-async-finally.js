// status: timeout
// code: wall_time_limit
// why: finally of an async function awaits for ever
await (async () => { try { for (;;) await 0; } finally { await new Promise(() => {}); } })();
