// status: ok
// value: [0,0,8000,72]
// why: quickjs-ng issue 1297: a BigInt array whose buffer is moved away, or grows, under its comparator
const seen = [];
for (const end of [b => b.transfer(), b => b.resize(0), b => b.resize(8000), b => b.resize(72)]) {
  const room = new ArrayBuffer(800, { maxByteLength: 8000 });
  const view = new BigInt64Array(room).map((_, i) => BigInt(100 - i));
  view.set(new BigInt64Array(room));
  let n = 0;
  try { new BigInt64Array(room).sort((a, b) => { if (n++ === 50) end(room); return Number(a - b); }); seen.push(room.byteLength); }
  catch (e) { seen.push(e.name); }
}
seen;
