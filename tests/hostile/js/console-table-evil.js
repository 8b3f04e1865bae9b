// status: ok
// timeout: 20s
// value: "after"
// why: tables of proxies, getters, evil column lists and rows that change
const rows = [{ a: 1 }, { get a() { rows.length = 0; throw 1; } }, new Proxy({ a: 3 }, { ownKeys() { throw 2; } }), null, 5, 'x', [1], () => {}];
const columns = [undefined, ['a'], [Symbol('s')], ['__proto__', 'constructor'], [{ toString() { throw 3; } }], new Array(100000),
  new Proxy(['a'], { get() { throw 4; } }), Array(1000).fill('a'), {}, 'a', null];
for (const list of columns) for (const v of [rows, { rows }, new Map([[rows, rows]]), new Set(rows), new Proxy([{ a: 1 }], {})])
  try { console.table(v, list); } catch {}
console.table([{ __proto__: { a: 1 } }, { ['__proto__']: 1 }, { constructor: 1, toString: 2 }]);
'after';
