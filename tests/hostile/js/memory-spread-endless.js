// status: limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: spread of an endless iterator
[...{ [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) }];
