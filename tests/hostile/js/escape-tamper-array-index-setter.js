// status: ok
// timeout: 20s
// value: {"list":[1,2,3]}
// tools: echo
// why: setters for indices on Array.prototype and Object.prototype
let caught = 0;
for (const p of [Array.prototype, Object.prototype]) for (const i of [0, 1, 2, 3])
  Object.defineProperty(p, i, { configurable: true, get() { return 'evil'; }, set() { caught++; } });
console.log('a', 'b', 'c');
await tools.echo({ list: [1, 2, 3] });
