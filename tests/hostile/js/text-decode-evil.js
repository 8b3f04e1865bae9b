// status: ok
// timeout: 20s
// value: "after"
// why: decoders over buffers that are detached, resized and lied about, with options that change them
const resizable = new ArrayBuffer(4096, { maxByteLength: 1 << 16 });
const inputs = [() => new Uint8Array(resizable), () => new DataView(resizable, 100), () => resizable, () => { const b = new ArrayBuffer(64), v = new Uint8Array(b); b.transfer(); return v; },
  () => Object.defineProperties(new Uint8Array(8), { byteLength: { value: 1e9 }, length: { value: 1e9 }, byteOffset: { value: 1e9 }, buffer: { value: null } }),
  () => Object.defineProperties(new DataView(new ArrayBuffer(8)), { byteLength: { value: 1e9 }, byteOffset: { value: -1 }, buffer: { value: new ArrayBuffer(1) } }),
  () => new Float64Array(9), () => 'x', () => null, () => ({}), () => [1, 2], () => new Proxy(new Uint8Array(3), {})];
for (const label of ['utf-8', 'utf-16le', 'utf-16be', 'koi8-r', 'windows-1252', 'x-user-defined', 'latin1'])
  for (const fatal of [false, true])
    for (const make of inputs)
      for (const options of [undefined, { stream: true }, { get stream() { resizable.resize(resizable.byteLength ? 0 : 5000); return true; } }, { get stream() { throw 1; } }, 5])
        try { new TextDecoder(label, { fatal }).decode(make(), options); } catch {}
for (const label of ['', 'x'.repeat(1 << 20), '\u0000utf-8', ' UTF-8\n', 'shift_jis', Symbol('s'), {}, { toString() { throw 1; } }, '__proto__', 'constructor', null]) try { new TextDecoder(label); } catch {}
'after';
