// status: ok
// timeout: 20s
// value: "RangeError"
// why: the parser meets a hundred thousand parentheses
let r;
try { eval('('.repeat(1e5) + '1' + ')'.repeat(1e5)); } catch (e) { r = e.name; }
r;
