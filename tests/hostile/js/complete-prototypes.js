// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: deep.in
// names: ["inner"]
// why: every method of the built-in prototypes is a trap
const note = console.log;
const deep = {inner: {x: 1}};
const all = [];
for (const C of [Array, String, Set, Map, RegExp, Number, Function])
  for (const key of Reflect.ownKeys(C.prototype)) if (key !== 'constructor') all.push([C.prototype, key]);
const define = Reflect.defineProperty, count = all.length;
for (let i = 0; i < count; i++) define(all[i][0], all[i][1], {__proto__: null, get() { note('ran'); throw 1; }, configurable: true});
'ready';
