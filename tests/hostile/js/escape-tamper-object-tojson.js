// status: ok
// timeout: 20s
// value: {"a":{"b":[1,"x"]}}
// tools: echo
// why: toJSON on Object.prototype, Array.prototype and String.prototype must not change what crosses
for (const p of [Object.prototype, Array.prototype, String.prototype, Number.prototype])
  Object.defineProperty(p, 'toJSON', { configurable: true, value() { return 'forged'; } });
await tools.echo({ a: { b: [1, 'x'] } });
