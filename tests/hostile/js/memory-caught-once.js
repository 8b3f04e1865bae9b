// status: ok
// timeout: 20s
// value: ["InternalError","out of memory",499500]
// why: a caught out-of-memory error leaves a working engine
let r;
try { new ArrayBuffer(1 << 30); } catch (e) { r = [e.name, e.message]; }
[...r, Array.from({ length: 1000 }, (_, i) => i).reduce((x, y) => x + y)];
