// status: ok
// timeout: 20s
// memory: 512MiB
// value: 300000
// why: a nest of three hundred thousand objects is cloned
let o = { end: true };
for (let i = 0; i < 300000; i++) o = i % 2 ? { o } : [o];
let n = 0;
for (let c = structuredClone(o); c; c = c.o ?? c[0]) n++;
n - 1;
