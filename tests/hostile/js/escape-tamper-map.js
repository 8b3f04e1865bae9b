// status: ok
// timeout: 20s
// value: [{"a":1},{"b":2}]
// tools: echo
// why: Map and Set methods are replaced by ones that hand out what they are given
const seen = [];
for (const C of [Map, Set, WeakMap, WeakSet]) for (const k of ['get', 'set', 'has', 'add', 'delete', 'forEach', 'values', 'entries'])
  if (k in C.prototype) C.prototype[k] = function (...a) { seen.push([this, a]); throw new Error('tampered'); };
const r = [await tools.echo({ a: 1 }), await tools.echo({ b: 2 })];
await new Promise((resolve) => setTimeout(resolve, 1));
if (seen.length) throw new Error('the bootstrap used a method of the guest');
r;
