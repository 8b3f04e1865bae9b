// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: deep.inner.x
// names: ["x1"]
// why: get, set, value and toJSON on Object.prototype are traps
const note = console.log;
const deep = {inner: {x1: {y: 1}}};
for (const key of ['get', 'set', 'value', 'writable', 'toJSON', 'length', 'kind', 'text', 'prev'])
  Object.defineProperty(Object.prototype, key, {__proto__: null, get() { note('ran'); return 5; }, set() { note('ran'); }, configurable: true});
'ready';
