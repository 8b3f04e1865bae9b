// status: limit
// code: memory_limit
// timeout: 20s
// why: very many buffers of eight bytes
const a = [];
for (;;) a.push(new Uint8Array(8));
