// status: ok
// timeout: 20s
// value: [0,"done"]
// why: a source element detaches the target of set
const t = new Int32Array(64);
try { t.set([1, 2, { valueOf() { t.buffer.transfer(); return 3; } }, 4, 5]); } catch {}
[t.length, 'done'];
