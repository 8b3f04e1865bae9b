// status: ok
// timeout: 20s
// value: "after"
// why: parts that throw, that are detached or changed by the text of a later part, and slices of everything
const buffer = new ArrayBuffer(64), resizable = new ArrayBuffer(64, { maxByteLength: 1 << 16 });
const odd = [null, 5, 'x', {}, [Symbol('s')], [null, undefined, 5, 10n, {}], [{ toString() { throw 1; } }], [buffer, { toString() { buffer.transfer(); return 'gone'; } }], [new Uint8Array(resizable), { toString() { resizable.resize(1 << 16); return ''; } }],
  [new Uint8Array(resizable, 8), { toString() { resizable.resize(0); return ''; } }], { [Symbol.iterator]() { throw 2; } }, new Proxy([], { get() { throw 3; } }), ['\ud800', '\r\n\r'.repeat(1000)]];
for (const parts of odd) for (const options of [undefined, null, 5, { type: 'A\u0000' }, { type: 'x'.repeat(1 << 20) }, { endings: 'native' }, { endings: 'x' }, { get type() { throw 4; } }])
  try { const b = new Blob(parts, options); console.log(b); for (const i of [0, -1, NaN, 1e308, -Infinity, 2 ** 53, '3', undefined, { valueOf() { throw 5; } }]) { try { b.slice(i, i); b.slice(i); b.slice(0, i, 'x'); } catch {} } await b.text(); } catch {}
for (const key of ['text', 'arrayBuffer', 'slice', 'bytes']) try { await Blob.prototype[key].call({}); } catch {}
'after';
