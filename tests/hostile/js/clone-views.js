// status: ok
// timeout: 20s
// value: "after"
// why: views that are detached, out of bounds, of resizable buffers, and that change while they are cloned
const b = new ArrayBuffer(64, { maxByteLength: 1 << 16 }), views = [];
for (const C of [Uint8Array, Float64Array, BigUint64Array, DataView]) views.push(new C(b), new C(b, 32), new C(b, 8, 2));
for (const size of [64, 1 << 16, 40, 8, 0, 64]) {
  b.resize(size);
  for (const v of views) try { structuredClone([v, { get x() { b.resize((size * 7) % 65); return v; } }, b]); } catch {}
}
b.transfer();
for (const v of views) try { structuredClone(v); } catch {}
'after';
