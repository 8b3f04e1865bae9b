// status: ok
// timeout: 20s
// value: "RangeError"
// stack: 64KiB
// why: JSON.stringify of a deep array
let a = [];
for (let i = 0; i < 20000; i++) a = [a];
let r;
try { JSON.stringify(a); } catch (e) { r = e.name; }
r;
