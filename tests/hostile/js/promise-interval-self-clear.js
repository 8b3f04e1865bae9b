// status: ok
// timeout: 20s
// value: 3
// why: an interval that clears itself in its callback
let n = 0;
await new Promise((r) => { const id = setInterval(() => { if (++n === 3) { clearInterval(id); r(); } }, 1); });
n;
