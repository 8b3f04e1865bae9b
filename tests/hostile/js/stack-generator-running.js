// status: ok
// timeout: 20s
// value: "TypeError"
// why: a generator that resumes itself
const it = (function* () { it.next(); })();
let r;
try { it.next(); } catch (e) { r = e.name; }
r;
