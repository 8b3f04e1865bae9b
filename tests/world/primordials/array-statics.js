// ours: the guest replaces Array.isArray, Array.from, Symbol.species, and harms only itself
const {run, value, replace} = await import('scenario');
replace(Array);
for (const C of [Array, Map, Set, Promise, RegExp, ArrayBuffer, Reflect.getPrototypeOf(Uint8Array)])
  Reflect.defineProperty(C, Symbol.species, {get() { throw 'species'; }, configurable: true});
await run();
value;
