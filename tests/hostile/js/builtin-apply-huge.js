// status: ok
// timeout: 20s
// value: ["RangeError","RangeError","RangeError"]
// why: argument lists longer than the engine takes
[
  () => Math.max.apply(null, { length: 2 ** 32 - 1 }),
  () => Reflect.construct(Array, { length: 1e6 }),
  () => String.fromCharCode(...new Uint8Array(66000)),
].map((f) => { try { f(); return 'none'; } catch (e) { return e.name; } });
