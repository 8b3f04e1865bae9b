// status: ok
// timeout: 20s
// value: "after"
// why: errors, dates, maps and expressions with properties and prototypes of their own
const odd = [new Error('x'), new Date(0), /x/g, new Map([[1, 2]]), new Set([1]), Object(1), Object('x'.repeat(100000)), Object(1n), new ArrayBuffer(4), new Uint8Array(4), new AggregateError([1], 'x')];
for (const v of odd) {
  for (const key of ['name', 'message', 'stack', 'cause', 'size', 'entries', 'forEach', 'source', 'flags', 'getTime', 'valueOf', 'toString', 'byteLength', 'length', 'constructor', Symbol.iterator, Symbol.toStringTag])
    try { Object.defineProperty(v, key, { get() { throw new Error('asked'); }, configurable: true }); } catch {}
  for (const proto of [undefined, null, Array.prototype, new Proxy({}, {})]) {
    if (proto !== undefined) Object.setPrototypeOf(v, proto);
    try { console.log(structuredClone(v)); } catch {}
  }
}
'after';
