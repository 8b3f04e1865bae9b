// status: ok
// timeout: 20s
// value: "after"
// why: boxed primitives, dates and regular expressions with methods and prototypes of their own
const odd = [Object('x'.repeat(1 << 20)), Object(Symbol('s')), Object(1n), Object(-0), new Date(NaN), /a/gs, new Date(8.64e15)];
for (const v of odd) {
  for (const key of ['valueOf', 'toString', 'toISOString', 'source', 'flags', 'lastIndex', 'length', Symbol.toPrimitive])
    try { Object.defineProperty(v, key, { value() { throw new Error('called'); } }); } catch {}
  console.log(v, [v], '%s');
  Object.setPrototypeOf(v, null);
  console.log(v, [v]);
  Object.setPrototypeOf(v, Map.prototype);
  console.log(v, [v]);
}
'after';
