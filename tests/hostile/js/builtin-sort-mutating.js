// status: ok
// timeout: 20s
// value: true
// why: a comparator that empties and refills the array it sorts
const a = [5, 3, 1, 4, 2];
a.sort((x, y) => { a.length = 0; a.push(x, y); a.length = 9; return x - y; });
Array.isArray(a) && a.length >= 0;
