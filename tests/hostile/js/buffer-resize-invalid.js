// status: ok
// timeout: 20s
// value: ["RangeError","RangeError","TypeError","RangeError"]
// why: sizes that resize and the constructor must refuse
const b = new ArrayBuffer(8, { maxByteLength: 16 });
[() => b.resize(17), () => b.resize(-1), () => new ArrayBuffer(8).resize(4), () => new ArrayBuffer(9, { maxByteLength: 8 })].map((f) => {
  try { f(); return 'none'; } catch (e) { return e.name; }
});
