// status: limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: Array.from of an endless generator
Array.from((function* () { for (;;) yield {}; })());
