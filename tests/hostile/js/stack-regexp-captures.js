// status: ok
// timeout: 20s
// value: "SyntaxError"
// why: more captures than the regex compiler has
let r;
try { new RegExp('('.repeat(300) + ')'.repeat(300)); } catch (e) { r = e.name; }
r;
