// status: ok
// timeout: 20s
// value: "after"
// why: cyclic values of every container
const o = { m: new Map(), s: new Set(), a: [] };
o.self = o;
o.m.set(o.m, o);
o.s.add(o.s);
o.a.push(o.a, o.a);
o.e = new Error('x', { cause: o });
console.log(o, o.m, o.s, o.a, o.e);
'after';
