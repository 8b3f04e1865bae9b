// status: ok
// timeout: 20s
// value: 200000
// why: displays of nothing and progress of nothing, which the limits of bytes do not see
let n = 0;
for (; n < 200000; n += 2) { display(''); progress(); }
n;
