// status: ok
// timeout: 20s
// value: 9
// why: import() of what throws when it is made a string: a rejected promise, never an error
let n = 0;
for (const v of [Symbol('s'), { toString() { throw 1; } }, { get toString() { throw 2; } }, { [Symbol.toPrimitive]: () => ({}) }, Object.create(null), new Proxy({}, { get() { throw 3; } }), undefined, null, 10n])
  await import(v).catch(() => { n++; });
n;
