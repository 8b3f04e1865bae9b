// status: ok
// timeout: 20s
// value: [4294967295,2,"x"]
// why: arrays of four billion holes with two elements and a name
const a = [];
a[5] = 1; a[4294967294] = 2; a.name = 'x';
const c = structuredClone(a);
[c.length, c[4294967294], c.name];
