// status: ok
// timeout: 20s
// value: ["RangeError","RangeError","RangeError"]
// why: text longer than the engine's limit is refused before any memory is taken
[() => 'x'.repeat(2 ** 30), () => 'x'.padEnd(2 ** 30, 'ab'), () => 'xy'.repeat(2 ** 20).repeat(2 ** 12)].map((f) => {
  try { f(); return 'none'; } catch (e) { return e.name; }
});
