// ours: the guest replaces getters with the names of a descriptor's fields on Object.prototype, and harms only itself
const {run, value} = await import('scenario');
for (const key of ['get', 'set', 'writable', 'enumerable', 'configurable'])
  Reflect.defineProperty(Object.prototype, key, {
    __proto__: null, get() { throw key; }, set() { throw key; }, configurable: true});
await run();
value;
