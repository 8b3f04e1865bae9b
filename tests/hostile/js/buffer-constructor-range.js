// status: ok
// timeout: 20s
// value: ["RangeError","RangeError","RangeError","RangeError"]
// why: offsets and lengths of views that do not fit
const b = new ArrayBuffer(16);
[() => new Uint32Array(b, 1), () => new Uint32Array(b, 8, 3), () => new Float64Array(b, 8, 2 ** 29), () => new DataView(b, 17)].map((f) => {
  try { f(); return 'none'; } catch (e) { return e.name; }
});
