// status: ok
// value: "after"
// timeout: 20s
// why: console.table and its kin with values they were not made for
for (const m of ['table', 'dir', 'group', 'count', 'time', 'assert', 'trace'])
  if (typeof console[m] === 'function') for (const v of [null, undefined, Symbol('x'), 1n, new Array(1000).fill({ a: 1 }), new Proxy([], {}), { __proto__: null }, '%s'])
    try { console[m](v, v); } catch (e) { if (!(e instanceof Error)) throw e; }
'after';
