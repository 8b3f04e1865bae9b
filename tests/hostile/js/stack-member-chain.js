// status: ok
// timeout: 20s
// value: "TypeError"
// why: a long chain of members needs no stack
let r;
const a = {};
try { eval('a' + '.b'.repeat(20000)); } catch (e) { r = e.name; }
r;
