// status: limit
// code: memory_limit
// again: 8
// memory: 16MiB
// timeout: 10s
// why: runs of a session that take all memory, each of which must leave none of it behind
before.push(...Array.from({ length: 1000 }, () => ({})));
const kept = [];
for (;;) kept.push(new Uint8Array(1 << 18).fill(1));
