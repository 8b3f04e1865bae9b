// status: ok
// timeout: 20s
// value: true
// why: the value given to with() shrinks the array below the index
const b = new ArrayBuffer(64, { maxByteLength: 64 });
const t = new Uint8Array(b);
let r = true;
try { r = t.with(60, { valueOf() { b.resize(4); return 1; } }).length <= 64; } catch (e) { r = e instanceof RangeError; }
r;
