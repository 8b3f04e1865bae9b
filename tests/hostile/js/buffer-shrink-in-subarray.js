// status: ok
// timeout: 20s
// value: true
// why: subarray of a buffer that shrinks while its bounds are converted
const b = new ArrayBuffer(1024, { maxByteLength: 2048 });
const t = new Uint8Array(b, 512);
let r;
try { r = t.subarray(0, { valueOf() { b.resize(100); return 200; } }).length <= 100; } catch (e) {
  r = e instanceof RangeError || e instanceof TypeError;
}
r;
