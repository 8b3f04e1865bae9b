// status: ok
// timeout: 20s
// value: ["InternalError",2]
// why: out of memory inside a getter that a built-in calls
let r, n = 0;
const o = { get a() { n++; return 1; }, get b() { n++; return 'x'.repeat(2 ** 28); } };
try { JSON.stringify(o); } catch (e) { r = e.name; }
[r, n];
