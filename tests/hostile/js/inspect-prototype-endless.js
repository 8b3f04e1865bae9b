// status: ok|timeout
// timeout: 1s
// why: a prototype that is a proxy without an end of prototypes
const next = () => new Proxy({}, { getPrototypeOf: () => next(), getOwnPropertyDescriptor() { return undefined; } });
const o = Object.setPrototypeOf({ a: 1 }, next());
try { console.log(o); } catch {}
'after';
