// status: ok
// timeout: 20s
// value: [0,0,"TypeError",8]
// why: views that fall out of bounds when the buffer shrinks, and come back when it grows
const b = new ArrayBuffer(64, { maxByteLength: 64 });
const t = new Uint8Array(b, 32, 8), d = new DataView(b, 32, 8);
b.resize(16);
const r = [t.length, t.byteOffset];
try { d.byteLength; r.push('none'); } catch (e) { r.push(e.name); }
b.resize(64);
[...r, t.length];
