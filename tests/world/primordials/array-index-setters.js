// ours: the guest replaces setters for indices on the prototypes of arrays and objects, and harms only itself
const {run, value} = await import('scenario');
for (let i = 0; i < 50; i++)
  for (const object of [Array.prototype, Object.prototype])
    Reflect.defineProperty(object, i, {get() { throw 'read'; }, set() { throw 'written'; }, configurable: true});
await run();
value;
