// status: ok
// timeout: 20s
// value: ["TypeError","TypeError","TypeError"]
// why: queueMicrotask and setTimeout with what is no function
[() => queueMicrotask(null), () => queueMicrotask({}), () => queueMicrotask(new Proxy({}, { apply() {} }))].map((f) => {
  try { f(); return 'none'; } catch (e) { return e.name; }
});
