// status: ok
// timeout: 20s
// value: [true,400001]
// why: matching deep into a text needs no native stack
const s = 'ab'.repeat(200000) + 'c';
const m = /^(?:a(?=b)b)*c/.exec(s);
[m !== null, m[0].length];
