// status: ok
// timeout: 20s
// module: a.json=[1, 2]
// module: a.js=export const a = 1;
// value: "after"
// why: import attributes of every kind, with getters
const odd = [undefined, null, 5, 'x', {}, { with: null }, { with: 5 }, { with: { type: 'json' } }, { with: { type: 'x'.repeat(1 << 20) } }, { with: { type: Symbol('s') } }, { get with() { throw 1; } }, { with: { get type() { throw 2; } } },
  { with: new Proxy({}, { ownKeys() { throw 3; } }) }, { assert: { type: 'json' } }, { with: Object.fromEntries(Array.from({ length: 10000 }, (_, i) => ['k' + i, 'v'])) }];
for (const o of odd) for (const name of ['a.js', 'a.json', 'none']) await import(name, o).catch(() => {});
'after';
