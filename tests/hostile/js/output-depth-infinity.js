// status: ok
// value: "after"
// timeout: 20s
// why: a deep value printed with depth Infinity, where that is an option
let a = {};
for (let i = 0; i < 3000; i++) a = { a };
try { console.dir(a, { depth: Infinity }); } catch (e) { if (!(e instanceof RangeError)) throw e; }
'after';
