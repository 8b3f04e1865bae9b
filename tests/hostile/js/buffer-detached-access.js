// status: ok
// timeout: 20s
// value: [0,null,"TypeError","TypeError",0]
// why: a typed array and a view whose buffer was transferred away
const b = new ArrayBuffer(1 << 16);
const t = new Uint32Array(b), d = new DataView(b);
b.transfer();
t[5] = 7;
const name = (f) => { try { f(); return 'none'; } catch (e) { return e.name; } };
[t.length, t[5] ?? null, name(() => d.getUint8(0)), name(() => t.fill(1)), b.byteLength];
