// status: ok
// timeout: 20s
// value: ["RangeError","RangeError","RangeError"]
// why: powers and shifts above the engine's largest number are refused at once
[() => 2n ** (2n ** 40n), () => 1n << 2n ** 63n, () => 2n ** 4294967296n].map((f) => {
  try { f(); return 'none'; } catch (e) { return e.name; }
});
