// status: ok
// timeout: 20s
// value: [4,64]
// why: a callback grows the buffer, the walk keeps its first length
const b = new ArrayBuffer(4, { maxByteLength: 64 });
const t = new Uint8Array(b);
let n = 0;
t.forEach(() => { n++; b.resize(64); });
[n, t.length];
