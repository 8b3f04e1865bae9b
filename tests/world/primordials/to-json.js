// ours: the guest replaces toJSON on everything, and harms only itself
const {run, value, replace} = await import('scenario');
for (const C of [Object, Array, String, Number, Boolean, BigInt, Symbol, Function, Map, Set, RegExp, Error, Uint8Array])
  Reflect.defineProperty(C.prototype, 'toJSON', {value() { throw 'toJSON'; }, configurable: true, writable: true});
replace(Date.prototype, ['toJSON']);
await run();
value;
