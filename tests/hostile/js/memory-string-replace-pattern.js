// status: ok
// value: ["InternalError","out of memory"]
// timeout: 20s
// why: each match is replaced with the whole text before and after it
const s = 'a'.repeat(40000);
let r;
try { s.replace(/a/g, "$`$'"); } catch (e) { r = [e.name, e.message]; }
r;
