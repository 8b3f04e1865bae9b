// status: ok
// timeout: 20s
// value: [false,"undefined",20001]
// why: a prototype chain of twenty thousand links is walked without recursion
let o = {};
for (let i = 0; i < 20000; i++) o = Object.create(o);
let n = 0;
for (let p = o; p; p = Object.getPrototypeOf(p)) n++;
['x' in o, typeof o.x, n - 1];
