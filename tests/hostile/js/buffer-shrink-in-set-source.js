// status: ok
// timeout: 20s
// value: true
// why: the source of set is a view whose length getter shrinks the target
const b = new ArrayBuffer(256, { maxByteLength: 256 });
const t = new Uint8Array(b);
const src = { get length() { b.resize(8); return 200; }, 0: 1, 199: 2 };
let r = true;
try { t.set(src); } catch (e) { r = e instanceof RangeError || e instanceof TypeError; }
r && t.length === 8;
