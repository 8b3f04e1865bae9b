// status: ok
// timeout: 20s
// value: ["InternalError",true]
// why: out of memory ends a generator
function* g() { yield new ArrayBuffer(2 ** 28); }
const it = g();
let r;
try { it.next(); } catch (e) { r = e.name; }
[r, it.next().done];
