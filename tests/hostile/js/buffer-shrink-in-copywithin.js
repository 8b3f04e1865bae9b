// status: ok
// timeout: 20s
// value: 16
// why: an index given to copyWithin shrinks the buffer
const b = new ArrayBuffer(4096, { maxByteLength: 4096 });
const t = new Uint8Array(b);
try { t.copyWithin(0, { valueOf() { b.resize(16); return 2048; } }, 4096); } catch {}
t.length;
