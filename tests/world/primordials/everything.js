// ours: the guest replaces all functions and accessors within reach of the global object at once, and harms only itself
const {run, value, replace} = await import('scenario');
const todo = [];
const seen = new Set([Reflect]);
function reach(object) {
  if (Object(object) !== object || seen.has(object)) return;
  seen.add(object);
  reach(Object.getPrototypeOf(object));
  for (const key of Reflect.ownKeys(object)) {
    const d = Reflect.getOwnPropertyDescriptor(object, key);
    reach(d.value);
    reach(d.get);
    reach(d.set);
  }
}
reach(globalThis);
reach([].values());
reach(new Map().values());
reach(new Set().values());
reach(''[Symbol.iterator]());
reach(async () => {});
reach(function* () {});
reach(async function* () {});
for (const object of seen) if (object !== globalThis) todo.push(object);
todo.push(Reflect);
for (let i = 0; i < todo.length; i++) replace(todo[i]);
await run();
value;
