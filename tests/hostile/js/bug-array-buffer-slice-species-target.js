// status: ok
// value: ["TypeError","TypeError","TypeError","TypeError"]
// why: quickjs-ng issue 1210: the species of ArrayBuffer.slice gives a buffer that is too small, the source itself, or one that is gone
const seen = [];
const gone = new ArrayBuffer(100);
gone.transfer();
for (const give of [() => new ArrayBuffer(1), room => room, () => gone, () => new ArrayBuffer(4, { maxByteLength: 900 })]) {
  const room = new ArrayBuffer(800);
  const own = function () {};
  own[Symbol.species] = function () { return give(room); };
  room.constructor = own;
  try { seen.push(room.slice(0).byteLength); } catch (e) { seen.push(e.name); }
}
seen;
