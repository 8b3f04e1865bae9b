// status: ok
// timeout: 20s
// memory: 256MiB
// value: "after"
// why: a nest of a million objects is shown, and its depth without a limit is cut where the stack ends
let o = {};
for (let i = 0; i < 1000000; i++) o = { o };
console.log(o);
console.dir(o, { depth: 100000 });
console.dir(o, { depth: Infinity });
let m = 1;
for (let i = 0; i < 300000; i++) m = i % 2 ? new Map([[m, m]]) : new Set([m]);
console.dir(m, { depth: Infinity });
o = m = null;
'after';
