// status: ok
// timeout: 20s
// value: "RangeError"
// why: toString of a deep array
let a = [];
for (let i = 0; i < 20000; i++) a = [a];
let r;
try { String(a); } catch (e) { r = e.name; }
r;
