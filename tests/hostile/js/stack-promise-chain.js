// status: ok
// timeout: 20s
// value: 10000
// why: a promise chain of ten thousand links needs no stack
let p = Promise.resolve(0);
for (let i = 0; i < 10000; i++) p = p.then((n) => n + 1);
await p;
