// status: ok
// timeout: 20s
// value: "after"
// why: cycles through everything that can hold something
const o = {}, m = new Map(), s = new Set(), e = new Error('e'), a = [];
let settle;
const p = new Promise((r) => { settle = r; });
e.cause = e; e.errors = [e]; o.o = o; m.set(m, m).set(o, e); s.add(s).add(m).add(p); a.push(a, o, m, s, e, p);
o.all = [m, s, e, a, p]; o.f = Object.assign(() => {}, { o, a }); o.boxed = Object.assign(Object('x'), { o });
const agg = new AggregateError([e, a], 'agg', { cause: o });
agg.errors.push(agg);
settle({ p, o });
for (const v of [o, m, s, e, a, p, agg]) {
  console.log(v);
  console.dir(v, { depth: Infinity, showHidden: true });
}
'after';
