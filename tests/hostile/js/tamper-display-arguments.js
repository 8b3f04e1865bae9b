// status: ok
// timeout: 20s
// value: "after"
// why: every kind of value and media type for display, every kind of number and message for progress
const buffer = new ArrayBuffer(8);
const values = [undefined, null, 0, -0, NaN, 10n, Symbol('s'), 'x', '\ud800', {}, [], [[]], [{}], [{}, 1], () => {}, class {}, new Proxy({}, {}), new Proxy([], {}), new Proxy([{ a: 1 }], {}),
  buffer, new DataView(buffer), new Uint8Array(buffer), new Map([[1, 2]]), new Error('x'), Promise.reject(1).catch(() => {}), Object.create(null), { toJSON() { throw 1; } }, { $schema: 5 },
  { get $schema() { throw 2; } }, { $schema: 'https://vega.github.io/schema/vega-lite/v5.json', data: 10n }, [{ ['__proto__']: 1 }, { constructor: 2 }], [{ get a() { throw 3; } }],
  new Date(NaN), /x/, globalThis, tools, context, [Object.create({ a: 1 })], new Array(20000), [new Array(300)]];
const types = [undefined, null, '', '/', 'a/', '/b', 'a/b', 'text/html', 'html', 'json', 'table', 'vega-lite', 'application/json', 'a/b+json', 'a/b"c', 'a/b\u0000c', 'a/b\r\nc: d', '<a>/b', 'é/b',
  'a/' + 'b'.repeat(1 << 20), Symbol('s'), 10n, {}, { toString() { throw 1; } }, ['text/plain'], '__proto__', 'constructor', 'image/png', 'text/plain; charset=utf-8'];
for (const v of values) for (const t of types) try { display(v, t); } catch {}
for (const v of values) for (const m of [undefined, null, '', 'x', 10n, Symbol('s'), {}, '\ud800', '\u0000"\\', { toString() { throw 1; } }]) try { progress(v, m); } catch {}
progress(Infinity, 'm'.repeat(3 << 20));
'after';
