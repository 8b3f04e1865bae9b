// status: ok
// timeout: 20s
// value: "after"
// why: Symbol.hasInstance, Symbol.species, Symbol.toPrimitive and Symbol.iterator of built-ins are replaced
const classes = [Error, Promise, Map, Set, Array, ArrayBuffer, RegExp, Uint8Array, Object], statics = [Symbol.hasInstance, Symbol.species];
const keys = [Symbol.iterator, Symbol.toPrimitive, Symbol.toStringTag, Symbol.isConcatSpreadable, Symbol.match];
for (let i = 0; i < classes.length; i++) {
  const C = classes[i];
  for (let k = 0; k < statics.length; k++) try { Object.defineProperty(C, statics[k], { get() { throw 1; }, configurable: true }); } catch {}
  for (let k = 0; k < keys.length; k++)
    try { Object.defineProperty(C.prototype, keys[k], { get() { throw 2; }, configurable: true }); } catch {}
}
const attempt = (f) => { try { f(); } catch {} };
attempt(() => console.log({ a: 1 }, new Error('x')));
attempt(() => display({ a: 1 }));
attempt(() => setTimeout(() => {}, 1));
attempt(() => structuredClone({ a: 1 }));
attempt(() => new URL('http://a/').href);
'after';
