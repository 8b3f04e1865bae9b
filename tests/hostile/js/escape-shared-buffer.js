// status: ok
// timeout: 20s
// value: true
// why: a SharedArrayBuffer, where there is one, is private to the cell and ends with it
let r = true;
try { const s = new SharedArrayBuffer(1024); r = new Uint8Array(s).every((b) => b === 0); } catch {}
r;
