// status: ok
// timeout: 20s
// limits: timers=100000
// value: [100000,100000]
// why: as many timers as a host can allow, fired in order
let last = -1, inOrder = 0;
await new Promise((done) => { for (let i = 0; i < 100000; i++) setTimeout((n) => { if (n > last) inOrder++; last = n; if (n === 99999) done(); }, 1, i); });
[inOrder, last + 1];
