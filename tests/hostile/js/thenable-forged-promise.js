// status: ok
// timeout: 20s
// value: ["object",1]
// why: what only looks like a promise is a value, and what is one is awaited, whatever its prototype says
const fake = Object.create(Promise.prototype), real = Object.setPrototypeOf(Promise.resolve(1), null);
let kind = typeof fake;
try { await fake; } catch (e) { kind = typeof fake; }
real.then = Promise.prototype.then;
[kind, await real];
