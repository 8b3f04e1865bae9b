// status: limit
// code: memory_limit
// timeout: 20s
// why: weak references, kept, to objects that are dropped
const a = [];
for (;;) a.push(new WeakRef({}));
