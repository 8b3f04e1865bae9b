// status: ok
// value: ["TypeError","TypeError","TypeError","TypeError"]
// why: quickjs-ng issue 1305: the source of a copy shrinks while the copy's prototype is looked up
const seen = [];
for (const left of [0, 1, 10, 4000]) {
  const room = new ArrayBuffer(4096, { maxByteLength: 4096 });
  const from = new Uint8Array(room).fill(7);
  const target = new Proxy(Array, { get(_, key) { if (key === 'prototype') room.resize(left); return Uint8Array.prototype; } });
  try {
    const copy = Reflect.construct(Uint8Array, [from], target);
    seen.push([copy.length, copy.reduce((a, b) => a + b, 0)]);
  } catch (e) { seen.push(e.name); }
}
seen;
