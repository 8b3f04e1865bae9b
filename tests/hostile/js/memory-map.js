// status: limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: a Map that grows without end
const m = new Map();
for (let i = 0; ; i++) m.set(i, [i]);
