// status: ok
// timeout: 20s
// value: [10,true]
// why: the comparator shrinks the resizable buffer under the sort
const b = new ArrayBuffer(8000, { maxByteLength: 8000 });
const t = new Float64Array(b).map((_, i) => 1000 - i);
const u = new Float64Array(b);
u.set(t);
let n = 0;
u.sort((x, y) => { if (n++ === 5) b.resize(80); return x - y; });
[u.length, n > 5];
