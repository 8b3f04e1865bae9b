// status: ok
// timeout: 20s
// value: "after"
// why: rows of a table that change while they are read
const rows = Array.from({ length: 100 }, (_, i) => ({ i }));
Object.defineProperty(rows[3], 'x', { enumerable: true, get() { rows.length = 5; delete rows[4].i; rows[1] = 5; return { toJSON() { rows.length = 0; return 1; } }; } });
for (let i = 0; i < 5; i++) try { display(rows); } catch {}
const p = new Proxy([{ a: 1 }], { get(target, key) { return key === 'length' ? 10000 : { ['c' + Math.random()]: 1 }; } });
try { display(p); } catch {}
'after';
