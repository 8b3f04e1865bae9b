// status: ok
// timeout: 20s
// value: "after"
// why: a value nested fifty thousand deep
let a = {};
for (let i = 0; i < 50000; i++) a = { a };
console.log(a);
console.dir(a, { depth: 3 });
'after';
