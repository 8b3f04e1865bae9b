// expect: {"decoded": {"magic": "CLO1", "out": [{"id": 7, "value": 1.5, "name": "alpha"}, {"id": 65535,
//   "value": -0.10000000149011612, "name": "β"}], "complete": true}, "size": 29, "clamped": {"$type": "bytes",
//   "class": "Uint8ClampedArray", "base64": "AAIC/w=="}, "wrapped": [127, -128, -1, 127], "error": "RangeError",
//   "bits": "3f800000"}
// Writes and reads a small binary format: magic, version, records of (u16 id, f32 value, length-prefixed name).
const records = [{ id: 7, value: 1.5, name: 'alpha' }, { id: 65535, value: -0.1, name: 'β' }];
const encoder = new TextEncoder();
const names = records.map((r) => encoder.encode(r.name));
const size = 8 + names.reduce((n, name) => n + 7 + name.length, 0);

const buffer = new ArrayBuffer(size);
const view = new DataView(buffer);
let at = 0;
for (const ch of 'CLO1') view.setUint8(at++, ch.charCodeAt(0));
view.setUint32(at, records.length, true);
at += 4;
records.forEach(({ id, value }, i) => {
  view.setUint16(at, id);
  view.setFloat32(at + 2, value, true);
  view.setUint8(at + 6, names[i].length);
  new Uint8Array(buffer).set(names[i], at + 7);
  at += 7 + names[i].length;
});

function decode(buf) {
  const v = new DataView(buf);
  const magic = String.fromCharCode(...new Uint8Array(buf, 0, 4));
  const out = [];
  let p = 8;
  for (let n = v.getUint32(4, true); n > 0; n--) {
    const length = v.getUint8(p + 6);
    const name = new TextDecoder().decode(new Uint8Array(buf, p + 7, length));
    out.push({ id: v.getUint16(p), value: Math.fround(v.getFloat32(p + 2, true)), name });
    p += 7 + length;
  }
  return { magic, out, complete: p === buf.byteLength };
}

const clamped = Uint8ClampedArray.of(-5, 1.5, 2.5, 300);
const wrapped = Int8Array.from([127, 128, 255, -129]);
let error;
try {
  new DataView(buffer, 0, 4).getUint32(2);
} catch (e) {
  error = e.constructor.name;
}
return { decoded: decode(buffer), size, clamped, wrapped: [...wrapped], error, bits: new Uint32Array(new Float32Array([1]).buffer)[0].toString(16) };
