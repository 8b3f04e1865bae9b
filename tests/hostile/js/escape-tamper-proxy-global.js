// status: ok
// timeout: 20s
// value: 7
// why: the prototype of the global object becomes a proxy that answers every name
const get = (t, k) => { if (typeof k !== 'symbol') throw new Error('asked for ' + k); };
try { Object.setPrototypeOf(globalThis, new Proxy(Object.prototype, { has: () => true, get })); } catch {}
const x = 7;
x;
