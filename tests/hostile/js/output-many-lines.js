// status: ok
// value: 12000
// timeout: 20s
// why: more lines than are kept: truncated, and the run goes on
let n = 0;
for (; n < 12000; n++) console.log(n);
n;
