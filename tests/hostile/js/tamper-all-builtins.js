// status: ok
// timeout: 20s
// tools: echo
// value: {"a":[1,2,3]}
// why: every function of every built-in prototype and namespace throws: console, timers, tools, display and values go on
const keep = { ownKeys: Reflect.ownKeys, define: Reflect.defineProperty, describe: Reflect.getOwnPropertyDescriptor };
const places = [Object, Function, Array, String, Number, Boolean, Symbol, BigInt, Error, RegExp, Date, Map, Set, WeakMap, WeakSet, WeakRef, ArrayBuffer,
  DataView, Uint8Array, Object.getPrototypeOf(Uint8Array), JSON, Math, Reflect, Proxy, globalThis.URL, globalThis.URLSearchParams,
  globalThis.Headers, globalThis.TextEncoder, globalThis.TextDecoder, globalThis.Event, globalThis.EventTarget, globalThis.Blob];
const boom = function () { throw new Error('tampered'); };
for (let i = 0; i < places.length; i++) {
  const place = places[i];
  for (const o of place ? [place, place.prototype] : []) {
    if (o === undefined || o === null) continue;
    const keys = keep.ownKeys(o);
    for (let k = 0; k < keys.length; k++) {
      const d = keep.describe(o, keys[k]);
      if (keys[k] === 'constructor' || keys[k] === 'prototype' || typeof d.value !== 'function' || !d.configurable) continue;
      if (o === Array.prototype && keys[k] === Symbol.iterator) continue;
      keep.define(o, keys[k], { value: boom, writable: true, configurable: true });
    }
  }
}
console.log({ a: 1 }, [1, 2], 'x', '%s', new Map(), new Error('e'));
console.table([{ a: 1 }]); console.time(); console.timeEnd(); console.count(); console.group('g'); console.groupEnd(); console.dir({}); console.trace('t');
display({ a: 1 }); display([{ a: 1 }]); display('x', 'md'); progress(0.5, 'half');
await new Promise((r) => { setTimeout(r, 1); });
await tools.echo({ a: 1 });
({ a: [1, 2, 3] });
