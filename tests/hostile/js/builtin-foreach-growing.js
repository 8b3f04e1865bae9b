// status: ok
// timeout: 20s
// value: 3
// why: callbacks that grow the array must not prolong the walk
const a = [1, 2, 3];
let n = 0;
a.forEach(() => { n++; a.push(0, 0); });
n;
