// ours: the guest replaces next, return and throw of all iterators and generators, and harms only itself
const {run, value, replace} = await import('scenario');
const todo = [];
const iterators = [[].values(), new Map().values(), new Set().values(), ''[Symbol.iterator](), 'a'.matchAll(/a/g),
  (function* () {})(), Iterator.from({next() {}})];
for (let object of iterators)
  while ((object = Object.getPrototypeOf(object)) !== Object.prototype) todo.unshift(object);
for (let i = 0; i < todo.length; i++) replace(todo[i]);
await run();
value;
