// status: ok
// timeout: 20s
// value: ["RangeError","RangeError","RangeError"]
// why: recursion through the callbacks of typed array built-ins
const t = new Int8Array([2, 1]);
[(f) => t.sort(f), (f) => t.map(f), (f) => Int8Array.from([1], f)].map((call) => {
  const f = () => call(f);
  try { f(); return 'none'; } catch (e) { return e.name; }
});
