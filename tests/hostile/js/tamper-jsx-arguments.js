// status: ok
// timeout: 20s
// value: "after"
// why: __jsx called with evil types, properties and children
const nest = [];
let inner = nest;
for (let i = 0; i < 100000; i++) { const next = []; inner.push(next, 'x'); inner = next; }
const cycle = [];
cycle.push(cycle);
const evil = [null, undefined, 5, Symbol('s'), () => { throw 1; }, class {}, new Proxy({}, { ownKeys() { throw 2; } }), new Proxy([1], { get() { throw 3; } }), { get a() { throw 4; } },
  { ['__proto__']: { x: 1 } }, nest, cycle, new Array(1000000), globalThis, tools];
for (const type of evil) for (const props of evil) try { __jsx(type, props, ...evil); } catch {}
for (const child of evil) try { __jsx('a', null, child); } catch {}
'after';
