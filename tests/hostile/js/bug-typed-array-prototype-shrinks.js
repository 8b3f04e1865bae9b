// status: ok
// value: ["RangeError","RangeError","RangeError","RangeError"]
// why: quickjs-ng issue 1296, bellard/quickjs issue 478: the getter of new.target's prototype shrinks the buffer that a typed array is made for
const seen = [];
for (const Kind of [Int8Array, Uint16Array, Float64Array, BigUint64Array]) {
  const room = new ArrayBuffer(4096, { maxByteLength: 8192 });
  const target = (function () {}).bind();
  Object.defineProperty(target, 'prototype', { get() { room.resize(8); return Kind.prototype; } });
  try {
    const view = Reflect.construct(Kind, [room, 0, 256], target);
    for (let i = 0; i < 256; i++) { view[i]; try { view[i] = 1; } catch { view[i] = 1n; } }
    seen.push(view.length);
  } catch (e) { seen.push(e.name); }
}
seen;
