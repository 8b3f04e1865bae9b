// status: ok
// timeout: 20s
// value: [0,64]
// why: transfer lists: the same twice, detached, no buffer, a buffer that a getter detaches meanwhile, an iterator that throws
const attempt = (f) => { try { f(); } catch {} };
const b = new ArrayBuffer(64), gone = new ArrayBuffer(8);
gone.transfer();
for (const transfer of [[b, b], [gone], [{}], [null], 5, 'x', Symbol('s'), [new Uint8Array(b)], { [Symbol.iterator]() { throw 1; } }, new Proxy([b], { get() { throw 2; } })]) attempt(() => structuredClone(1, { transfer }));
attempt(() => structuredClone({ get a() { throw 3; } }, { transfer: [b] }));
attempt(() => structuredClone(() => {}, { transfer: [b] }));
attempt(() => structuredClone(1, { get transfer() { throw 4; } }));
const kept = b.byteLength, c = new ArrayBuffer(64);
attempt(() => structuredClone({ get a() { c.transfer(); return c; } }, { transfer: [c] }));
const d = new ArrayBuffer(64, { maxByteLength: 128 });
attempt(() => structuredClone({ v: new Uint8Array(d), get a() { d.resize(8); return 1; }, w: new Uint16Array(d), d }, { transfer: [d] }));
[c.byteLength, kept];
