// status: ok
// timeout: 20s
// value: ["RangeError","RangeError","RangeError","RangeError","RangeError"]
// why: offsets outside of a view, also where the sum overflows 32 bits
const d = new DataView(new ArrayBuffer(16), 4, 8);
[() => d.getUint8(8), () => d.getFloat64(1), () => d.getInt32(2 ** 32 - 4), () => d.setUint16(2 ** 53 - 1, 1), () => d.getBigInt64(-1)].map((f) => {
  try { f(); return 'none'; } catch (e) { return e.name; }
});
