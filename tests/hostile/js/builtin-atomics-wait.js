// status: ok
// timeout: 20s
// value: "threw"
// why: Atomics.wait, where there is one, must not put the thread to sleep
let r = 'woke';
try { Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0); } catch { r = 'threw'; }
r;
