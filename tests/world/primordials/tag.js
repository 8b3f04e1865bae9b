// ours: the guest replaces Symbol.toStringTag, toPrimitive and hasInstance everywhere, and harms only itself
const {run, value} = await import('scenario');
for (const C of [Object, Array, Function, Map, Set, Error, Promise])
  for (const key of [Symbol.toPrimitive, Symbol.isConcatSpreadable, Symbol.match, Symbol.replace, Symbol.split, Symbol.unscopables])
    Reflect.defineProperty(C.prototype, key, {get() { throw String(key); }, configurable: true});
await run();
value;
