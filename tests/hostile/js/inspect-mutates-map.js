// status: ok
// timeout: 20s
// value: "after"
// why: maps and sets that grow, shrink and empty themselves while they are looked at
const custom = Symbol.for('nodejs.util.inspect.custom');
const m = new Map(), s = new Set();
const grow = () => ({ [custom]() { m.set(grow(), grow()); s.add(grow()); return '+'; } });
const clear = () => ({ [custom]() { m.clear(); s.clear(); m.set(1, 2); s.add(3); return '-'; } });
m.set(grow(), 1); s.add(grow());
console.log(m, s);
console.dir(m, { maxArrayLength: Infinity > 1 ? 5000 : 0 });
m.set(clear(), 1); s.add(clear());
console.log(m, s);
try { console.table(m); } catch {}
'after';
