// status: limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: Promise.all of an endless iterator
await Promise.all((function* () { for (;;) yield 1; })());
