// status: limit
// timeout: 20s
// code: memory_limit
// why: an uncaught rejection with an out-of-memory error is a limit, too
await (async () => { await null; return 'x'.repeat(2 ** 28); })();
