// status: limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: pending promises, all kept
const a = [];
for (;;) a.push(new Promise(() => {}));
