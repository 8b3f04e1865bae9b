// status: limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: a rest pattern over an endless iterator
const [...rest] = (function* () { for (;;) yield 'x'; })();
