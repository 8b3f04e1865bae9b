// status: ok
// timeout: 20s
// value: 990
// why: as many timers as allowed, cleared, and almost as many again
const ids = [];
for (let i = 0; i < 1000; i++) ids.push(setTimeout(() => {}, 60000));
ids.forEach((id) => clearTimeout(id));
let n = 0;
for (let i = 0; i < 990; i++) setTimeout(() => { n++; }, 0);
while (n < 990) await new Promise((r) => setTimeout(r, 1));
n;
