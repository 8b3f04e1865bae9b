// status: ok
// timeout: 20s
// value: [4,1]
// why: the end given to fill shrinks the buffer
const b = new ArrayBuffer(1024, { maxByteLength: 1024 });
const t = new Uint8Array(b);
try { t.fill(1, 0, { valueOf() { b.resize(4); return 1024; } }); } catch { t.fill(1); }
[t.length, t[3]];
