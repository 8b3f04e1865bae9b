// status: ok
// value: ["RangeError",0,0]
// why: bellard/quickjs issue 492: the new value of TypedArray.with shrinks the array that is copied, and a heap is read past its end
const seen = [];
for (const left of [0, 4, 400]) {
  const room = new ArrayBuffer(4096, { maxByteLength: 4096 });
  const view = new Int32Array(room).fill(0x42424242);
  try { seen.push(view.with(0, { valueOf() { room.resize(left); return 9; } }).slice(100).filter(x => x !== 0).length); } catch (e) { seen.push(e.name); }
}
seen;
