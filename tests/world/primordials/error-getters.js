// ours: the guest replaces getters in the place of an error's name and message, and harms only itself
const {run, value} = await import('scenario');
for (const C of [Error, TypeError, RangeError])
  for (const key of ['name', 'message'])
    Reflect.defineProperty(C.prototype, key, {get() { throw 'of ' + key; }, set() { throw 'of ' + key; }});
await run();
value;
