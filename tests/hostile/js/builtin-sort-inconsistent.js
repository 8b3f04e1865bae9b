// status: ok
// timeout: 20s
// value: [1000,499500]
// why: a comparator that contradicts itself must neither hang the sort nor lose elements
let n = 0;
const a = [...Array(1000).keys()].sort(() => (n = (n * 1103515245 + 12345) & 0x7fffffff) % 3 - 1);
[a.length, a.reduce((x, y) => x + y)];
