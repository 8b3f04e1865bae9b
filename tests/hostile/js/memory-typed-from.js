// status: ok
// timeout: 20s
// value: ["RangeError","InternalError"]
// why: typed arrays asked for by lengths that cannot be had
[() => new Float64Array({ length: 2 ** 40 }), () => Float64Array.from({ length: 2 ** 27 })].map((f) => {
  try { f(); return 'none'; } catch (e) { return e.name; }
});
