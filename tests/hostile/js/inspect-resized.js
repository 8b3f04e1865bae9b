// status: ok
// timeout: 20s
// value: "after"
// why: resizable buffers that shrink and grow while their views are being shown
const custom = Symbol.for('nodejs.util.inspect.custom');
const b = new ArrayBuffer(1 << 16, { maxByteLength: 1 << 20 });
const views = [new Uint8Array(b), new Uint16Array(b, 100), new Float32Array(b, 8, 200), new DataView(b), new DataView(b, 60000), b];
for (const size of [3, 0, 1 << 20, 60001, 104]) {
  console.dir([{ [custom]() { b.resize(size); return 'resized'; } }, ...views], { depth: 5, maxArrayLength: Infinity });
  for (const v of views) try { console.log(v); } catch {}
  for (const v of views) try { console.log('%o %s', v, v); } catch {}
}
'after';
