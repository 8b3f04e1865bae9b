// status: ok
// timeout: 20s
// value: [true,"undefined","undefined"]
// why: the global of the function constructor is the guest's own, and has no process
const g = this.constructor.constructor('return this')();
[g === globalThis, typeof g.process, typeof g.require];
