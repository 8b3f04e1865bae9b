// status: ok
// timeout: 20s
// value: "after"
// why: what URLSearchParams and Headers are made of: wrong pairs, throwing iterators, proxies, records with getters
const odd = [[[1]], [[1, 2, 3]], [null], ['ab'], [['a', { toString() { throw 1; } }]], { get a() { throw 2; } }, new Proxy({}, { ownKeys() { throw 3; } }), { [Symbol('s')]: 1 }, { [Symbol.iterator]: 5 },
  { [Symbol.iterator]() { return null; } }, { [Symbol.iterator]() { return { next: 5 }; } }, { [Symbol.iterator]() { return { next() { return 5; } }; } }, new Map([[1, 2]]), Symbol('s'), 10n, () => {},
  { '\ud800': '\ud801', '': '' }, [[new Proxy({}, {}), 1]], Object.create({ a: 1 }), 'x='.repeat(10000), '&'.repeat(1 << 16), '='.repeat(1 << 16), '+'.repeat(1 << 16), new URLSearchParams('a=1')];
for (const C of [globalThis.URLSearchParams, globalThis.Headers].filter(Boolean))
  for (const v of odd) {
    try { const p = new C(v); console.log(p); for (const m of ['get', 'has', 'delete', 'append', 'set', 'getAll', 'forEach', 'sort']) for (const w of odd) try { p[m](w, w); } catch {} } catch {}
    try { C.prototype.get.call(v, 'a'); } catch {}
    try { C.prototype[Symbol.iterator].call(v); } catch {}
  }
'after';
