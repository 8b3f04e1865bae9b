// status: ok
// value: "after"
// timeout: 20s
// why: a graph of sixty shared objects has 2^60 paths
let a = { end: 1 };
for (let i = 0; i < 60; i++) a = { l: a, r: a };
console.log(a);
'after';
