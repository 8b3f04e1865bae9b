// status: ok
// value: ["TypeError","TypeError","TypeError"]
// why: quickjs-ng issue 1210, bellard/quickjs issue 451: the species of ArrayBuffer.slice shrinks the source
const seen = [];
for (const left of [0, 100, 600]) {
  const room = new ArrayBuffer(1000, { maxByteLength: 2000 });
  new Uint8Array(room).fill(1);
  const own = function () {};
  own[Symbol.species] = function (n) { room.resize(left); return new ArrayBuffer(n); };
  Object.defineProperty(room, 'constructor', { value: own });
  try { seen.push(new Uint8Array(room.slice(500, 1000)).reduce((a, b) => a + b, 0)); } catch (e) { seen.push(e.name); }
}
seen;
