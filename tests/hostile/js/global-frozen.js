// status: ok
// timeout: 20s
// tools: echo
// value: [1,1]
// why: globalThis and everything below it that can be is frozen
const seen = new Set();
const freeze = (o, depth) => {
  if ((typeof o !== 'object' && typeof o !== 'function') || o === null || seen.has(o) || depth > 6) return;
  seen.add(o);
  try { Object.freeze(o); } catch {}
  for (const key of Reflect.ownKeys(o)) { const d = Reflect.getOwnPropertyDescriptor(o, key); if (d) { freeze(d.value, depth + 1); freeze(d.get, depth + 1); freeze(d.set, depth + 1); } }
  freeze(Object.getPrototypeOf(o), depth + 1);
};
freeze(globalThis, 0);
console.log({ a: 1 }); console.count(); console.time(); console.timeEnd(); console.group(); console.groupEnd();
display({ a: 1 }); progress(1);
await new Promise((r) => setTimeout(r, 1));
const got = await tools.echo({ a: 1 });
try { globalThis.x = 1; } catch {}
[got.a, Math.min(1, 2)];
