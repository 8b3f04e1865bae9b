// status: ok
// timeout: 20s
// value: [0,true]
// why: the comparator detaches the array that is being sorted
const t = new Float64Array(1000).map((_, i) => 1000 - i);
let n = 0;
t.sort((x, y) => { if (n++ === 3) t.buffer.transfer(0); return x - y; });
[t.length, n > 3];
