// status: ok
// value: [true,true,true,60,0,true,true,true,60,0,2]
// why: quickjs-ng issue 1565: maps and sets whose records are deleted, cleared and added again under their iterators and forEach
const seen = [];
for (const Kind of [Map, Set]) {
  const m = new Kind(Array.from({ length: 50 }, (_, i) => Kind === Map ? [i, { i }] : i));
  const its = [m.entries(), m.keys(), m.values()];
  let n = 0;
  m.forEach((_, k) => { m.delete(k); if (n++ < 100) Kind === Map ? m.set(k, {}) : m.add(k); if (n === 60) m.clear(); for (const it of its) it.next(); });
  for (const it of its) seen.push(it.next().done);
  seen.push(n, m.size);
}
seen.push(Map.groupBy({ *[Symbol.iterator]() { yield 1; yield 2; } }, x => ({ toString() { throw 1; } })).size);
seen;
