// status: ok
// timeout: 20s
// value: [true,true,true,true]
// why: cycles through maps, sets, errors, arrays and causes stay cycles
const m = new Map(), s = new Set(), e = new Error('x'), a = [];
m.set(m, s); s.add(m).add(a); e.cause = { m, e }; a.push(a, e, m);
const c = structuredClone(a);
[c[0] === c, c[1].cause.e === c[1], c[2].has(c[2]), c[2].get(c[2]).has(c)];
