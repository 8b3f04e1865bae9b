// status: ok
// timeout: 20s
// value: [1,{"a":2}]
// tools: echo
// why: getters on Object.prototype that throw, under names that descriptors and records use
const names = ['id', 'value', 'get', 'set', 'name', 'code', 'message', 'cause', 'enumerable', 'handler', 'resolve', 'toString'];
const keep = Object.getOwnPropertyDescriptor(Object.prototype, 'toString');
for (const n of names) Object.defineProperty(Object.prototype, n, { __proto__: null, configurable: true, get() { throw new Error('evil ' + n); } });
console.log('x', 1, true);
const v = await tools.echo({ a: 2 });
for (const n of names) delete Object.prototype[n];
Object.defineProperty(Object.prototype, 'toString', keep);
[1, v];
