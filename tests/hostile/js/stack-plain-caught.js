// status: ok
// timeout: 20s
// value: ["RangeError","Maximum call stack size exceeded",true]
// why: the error of a stack overflow is an ordinary RangeError
let n = 0, r;
function f() { n++; f(); }
try { f(); } catch (e) { r = [e.name, e.message]; }
[...r, n > 100];
