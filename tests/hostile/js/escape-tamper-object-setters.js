// status: ok
// timeout: 20s
// value: {"0":[1],"id":1,"name":"n","code":"c","message":"m"}
// tools: echo
// why: setters on Object.prototype must not see or swallow properties that the bootstrap sets
let caught = 0;
const names = ['id', 'name', 'code', 'message', 'args', 'type', 'content', 'status', 'resolve', 'reject', 'stack', '0', '1', '2', 'length',
  'get', 'set', 'writable', 'enumerable', 'configurable'];
const props = {};
for (const n of names) props[n] = { __proto__: null, configurable: true, get() {}, set(v) { caught++; } };
for (const n of names) { const d = props[n]; Object.defineProperty(Object.prototype, n, d); }
console.log('x', { a: 1 });
const v = await tools.echo({ 0: [1], id: 1, name: 'n', code: 'c', message: 'm' });
if (caught) throw new Error('a setter of the guest was called');
v;
