// status: ok
// timeout: 20s
// value: 0
// why: no getter or setter of what is shown runs, whatever shows it
let calls = 0;
class C { get x() { calls++; } set x(v) { calls++; } static get y() { calls++; throw 2; } }
const o = { get a() { calls++; throw 1; }, set b(v) { calls++; }, get [Symbol('s')]() { calls++; } };
const all = [o, new C(), C, Object.create(o), [o], new Map([[o, o]]), new Set([o]), Object.assign(() => {}, { o })];
console.log(all, '%o %O %j', o);
console.log('%o %O %s', o, new C(), new C());
for (const v of all) console.dir(v, { showHidden: true, depth: 9 }), console.error(v), console.trace(v);
display(Object.create(o));
calls;
