// status: limit
// timeout: 20s
// code: stack_limit
// why: a prototype chain that is a circle through a proxy without traps
const o = {};
Object.setPrototypeOf(o, new Proxy(o, {}));
o.x;
