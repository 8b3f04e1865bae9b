// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: many.n
// names: ["n1","n2","n3"]
// why: setters on the indices of arrays
const note = console.log;
const many = {n1: 1, n2: 2, n3: 3};
for (let i = 0; i < 100; i++)
  Object.defineProperty(Array.prototype, i, {set() { note('ran'); }, get() { note('ran'); }, configurable: true});
'ready';
