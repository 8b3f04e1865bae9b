// status: ok
// value: 55
// timeout: 20s
// why: quickjs-ng issue 1297, bellard/quickjs issue 477: the comparator shrinks the buffer after far indices have been moved to the front
let ended = 0;
for (let when = 1; when < 2000; when += 37) {
  const room = new ArrayBuffer(256, { maxByteLength: 2560 });
  const view = new Uint8Array(room).map((_, i) => i);
  view[255] = 0;
  let calls = 0;
  try { view.sort((a, b) => { if (++calls === when) room.resize(10); return a - b; }); } catch {}
  ended += room.byteLength === 10 || room.byteLength === 256;
}
ended;
