// ours: everything is frozen
const {run, value} = await import('scenario');
const seen = new Set();
function freeze(object) {
  if (Object(object) !== object || seen.has(object) || object === globalThis) return;
  seen.add(object);
  Object.freeze(object);
  freeze(Object.getPrototypeOf(object));
  for (const key of Reflect.ownKeys(object)) {
    const d = Reflect.getOwnPropertyDescriptor(object, key);
    freeze(d.value);
    freeze(d.get);
    freeze(d.set);
  }
}
for (const key of Reflect.ownKeys(globalThis)) if (key !== 'scenario') freeze(globalThis[key]);
await run();
value;
