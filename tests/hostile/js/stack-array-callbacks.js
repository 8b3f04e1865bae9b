// status: ok
// timeout: 20s
// value: ["RangeError","RangeError","RangeError","RangeError","RangeError"]
// why: recursion through the callbacks of built-ins
['map', 'forEach', 'filter', 'reduce', 'flatMap'].map((m) => {
  const f = () => [1, 2][m](f);
  try { f(); return 'none'; } catch (e) { return e.name; }
});
