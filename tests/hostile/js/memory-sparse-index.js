// status: ok
// timeout: 20s
// value: [4294967295,1]
// why: one element at the far end of an array must not fill it
const a = [];
a[2 ** 32 - 2] = 1;
[a.length, Object.keys(a).length];
