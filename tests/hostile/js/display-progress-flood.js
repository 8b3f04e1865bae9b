// status: ok
// timeout: 20s
// value: 300000
// why: three hundred thousand progress events, some with long messages
const long = 'm'.repeat(10000);
let n = 0;
for (; n < 300000; n++) progress(n, n % 100 ? 'm' : long);
n;
