// status: ok
// timeout: 20s
// value: "after"
// why: options of console.dir that are getters, proxies, symbols, negative, huge and no numbers
const nest = { a: [1, { b: new Map([[{ c: 1 }, [[[[1]]]]]]) }], s: 'x'.repeat(30000), l: Array.from({ length: 5000 }, (_, i) => i) };
const odd = [-1, NaN, Infinity, -Infinity, 1e308, 2 ** 53, '5', 'x', null, undefined, 10n, Symbol('s'), {}, [], () => {}, true,
  new Proxy({}, { get() { throw 1; } })];
for (const v of odd)
  for (const key of ['depth', 'maxArrayLength', 'maxStringLength', 'breakLength', 'compact', 'sorted', 'getters', 'showHidden', 'colors', 'customInspect', 'showProxy', 'numericSeparator'])
    try { console.dir(nest, { [key]: v }); } catch {}
for (const v of odd) try { console.dir(nest, v); } catch {}
try { console.dir(nest, { get depth() { throw 1; } }); } catch {}
'after';
