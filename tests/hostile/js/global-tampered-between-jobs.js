// status: ok
// timeout: 20s
// tools: echo
// value: [1,{"a":1}]
// why: everything is replaced between the call of a tool or timer and its answer
const answer = tools.echo({ a: 1 });
const tick = new Promise((r) => setTimeout(r, 1, 1));
const then = Promise.prototype.then;
for (const C of [Promise, Map, Array, Function, Object]) for (const key of Object.getOwnPropertyNames(C.prototype))
  if (C.prototype !== Object.prototype || key === 'toString') try { if (key !== 'constructor' && key !== 'then') C.prototype[key] = () => { throw new Error('tampered'); }; } catch {}
Promise.prototype.then = then;
const first = await tick, second = await answer;
[first, second];
