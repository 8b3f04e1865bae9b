// status: limit
// code: value_limit
// timeout: 20s
// why: a value nested a hundred thousand deep
let a = [];
for (let i = 0; i < 100000; i++) a = [a];
a;
