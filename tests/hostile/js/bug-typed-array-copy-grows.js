// status: ok
// value: "TypeError"
// why: quickjs-ng issue 1305: the source of a copy grows, and so moves, while the copy's prototype is looked up
const room = new ArrayBuffer(64, { maxByteLength: 1 << 20 });
const from = new Int32Array(room).fill(5);
const target = new Proxy(Array, { get(_, key) { if (key === 'prototype') room.resize(1 << 20); return Int32Array.prototype; } });
let seen;
try { seen = Reflect.construct(Int32Array, [from], target).subarray(0, 16).join(''); } catch (e) { seen = e.name; }
seen;
