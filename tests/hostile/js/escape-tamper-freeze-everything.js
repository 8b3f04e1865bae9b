// status: ok
// timeout: 20s
// value: {"x":1}
// tools: echo
// why: all intrinsics that can be reached are frozen
const seen = new Set();
const freeze = (o) => {
  if ((typeof o !== 'object' && typeof o !== 'function') || o === null || seen.has(o)) return;
  seen.add(o);
  try { Object.freeze(o); } catch {}
  freeze(Object.getPrototypeOf(o));
  if (o !== globalThis) for (const k of Reflect.ownKeys(o)) { const d = Reflect.getOwnPropertyDescriptor(o, k); if (d) { freeze(d.value); freeze(d.get); } }
};
for (const k of Object.getOwnPropertyNames(globalThis)) if (k !== 'tools') freeze(globalThis[k]);
console.log('frozen');
await tools.echo({ x: 1 });
