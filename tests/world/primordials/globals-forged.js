// ours: the guest replaces every global is something else, and harms only itself
const {run, value} = await import('scenario');
const world = globalThis, {ownKeys, defineProperty} = Reflect;
for (const key of ownKeys(world))
  defineProperty(world, key, {__proto__: null, get() { throw 'a global'; }, configurable: true});
await run();
value;
