// status: limit|timeout
// code: memory_limit|wall_time_limit
// timeout: 3s
// memory: 16MiB
// why: Promise.all of an endless iterator; where the limit falls inside the engine's own bookkeeping the loop may go on for ever, holding nothing
await Promise.all((function* () { for (;;) yield 1; })());
