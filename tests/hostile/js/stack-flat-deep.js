// status: ok
// timeout: 20s
// value: "RangeError"
// why: flat(Infinity) of a deep array
let a = [];
for (let i = 0; i < 20000; i++) a = [a];
let r;
try { a.flat(Infinity); } catch (e) { r = e.name; }
r;
