// status: limit
// code: memory_limit
// timeout: 20s
// why: resizable buffers, each grown by resize
const a = [];
for (;;) { const b = new ArrayBuffer(0, { maxByteLength: 1 << 20 }); b.resize(1 << 20); a.push(b); }
