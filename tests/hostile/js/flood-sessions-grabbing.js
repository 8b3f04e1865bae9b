// status: limit
// code: memory_limit
// copies: 20
// memory: 16MiB
// timeout: 30s
// why: twenty runs at once that take all of their memory
const kept = [];
for (;;) kept.push(new Uint8Array(1 << 16).fill(kept.length));
