// status: ok
// timeout: 20s
// value: {"x":1}
// tools: echo
// why: Promise.prototype.constructor and the species are evil getters
Object.defineProperty(Promise.prototype, 'constructor', { configurable: true, get() { throw new Error('evil'); } });
Object.defineProperty(Promise, Symbol.species, { get() { throw new Error('evil'); } });
const p = tools.echo({ x: 1 });
delete Promise.prototype.constructor;
Promise.prototype.constructor = Promise;
await p;
