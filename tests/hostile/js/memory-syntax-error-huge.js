// status: ok
// timeout: 20s
// value: "SyntaxError"
// why: a syntax error at the end of a huge text
let r;
try { eval('x'.repeat(1 << 20) + ' )'); } catch (e) { r = e.name; }
r;
