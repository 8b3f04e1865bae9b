// status: ok
// timeout: 20s
// value: "collected"
// why: the collector marks a deep cyclic structure of mixed kinds
let head = {};
let p = head;
for (let i = 0; i < 30000; i++) p = i % 3 ? { p } : i % 2 ? [p] : new Map([[p, p]]);
head.p = p;
head = p = null;
for (let i = 0; i < 20000; i++) ({ a: [i] });
'collected';
