// status: ok
// value: [true,"InternalError","out of memory"]
// timeout: 20s
// why: memory is filled by small pieces, dropped, and used again
let r;
(() => {
  const a = [];
  try { for (;;) a.push(new Uint8Array(100000)); } catch (e) { a.length = 0; r = [e.name, e.message]; }
})();
[new ArrayBuffer(32 << 20).byteLength === 32 << 20, ...r];
