// status: ok
// timeout: 20s
// value: "after"
// why: objects with the prototypes of others: what inspect asks of a Map it must not ask of a pretender
const protos = [Map, Set, Date, RegExp, Error, Promise, ArrayBuffer, DataView, Uint8Array, WeakMap, Function, Symbol, BigInt, Array,
  ...[globalThis.URL, globalThis.URLSearchParams, globalThis.Headers, globalThis.Blob, globalThis.Event, globalThis.EventTarget,
    globalThis.AbortSignal, globalThis.TextDecoder, globalThis.DOMException].filter(Boolean)].map((C) => C.prototype);
for (const proto of protos) {
  for (const v of [{ a: 1 }, [1], () => {}, new Map([[1, 2]]), new Uint8Array(3), new Date(0)]) {
    Object.setPrototypeOf(v, proto);
    try { console.log(v, [v]); } catch {}
    try { console.log('%s %o', v, v); } catch {}
  }
  try { console.log(proto, Object.create(proto)); } catch {}
}
'after';
