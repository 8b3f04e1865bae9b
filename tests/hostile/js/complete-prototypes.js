// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: deep.in
// names: ["inner"]
// why: every method of the built-in prototypes is a trap
var ran = 0;
const deep = {inner: {x: 1}, in1: 2}; delete deep.in1;
for (const C of [Array, String, Set, Map, RegExp, Number, Function])
  for (const key of Reflect.ownKeys(C.prototype))
    if (key !== 'constructor')
      try { Object.defineProperty(C.prototype, key, {get() { ran++; throw 1; }, configurable: true}); } catch {}
'ready';
