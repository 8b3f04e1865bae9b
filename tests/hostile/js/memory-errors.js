// status: limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: error objects, each with a stack and the one before as its cause
let e;
for (;;) e = new Error('again and again', { cause: e });
