// status: ok
// timeout: 20s
// value: ["TypeError",0]
// why: the value given to setFloat64 detaches the buffer
const b = new ArrayBuffer(64);
const d = new DataView(b, 8);
let r;
try { d.setFloat64(0, { valueOf() { b.transfer(); return 1.5; } }); r = 'none'; } catch (e) { r = e.name; }
[r, b.byteLength];
