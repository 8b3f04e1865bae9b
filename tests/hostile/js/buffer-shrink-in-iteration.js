// status: ok
// timeout: 20s
// value: "TypeError"
// why: an iterator over a fixed view whose buffer shrinks below it
const b = new ArrayBuffer(64, { maxByteLength: 64 });
const t = new Uint8Array(b, 0, 64);
let r = 'none';
try { for (const x of t) b.resize(8); } catch (e) { r = e.name; }
r;
