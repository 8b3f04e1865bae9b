// status: ok
// timeout: 20s
// value: "after"
// why: buffers that are detached while an array with their views is being shown
const custom = Symbol.for('nodejs.util.inspect.custom');
for (const Class of [Uint8Array, Float64Array, BigInt64Array]) {
  const b = new ArrayBuffer(4096), views = [new Class(b), new Class(b, 8, 3), new DataView(b, 16), b];
  console.dir([{ [custom]() { b.transfer(); return 'gone'; } }, ...views], { depth: 5, showHidden: true });
  for (const v of views) try { console.log(v, '%o', [v]); } catch {}
  for (const v of views) try { display(v); } catch {}
  for (const v of views) try { console.table(v); } catch {}
}
'after';
