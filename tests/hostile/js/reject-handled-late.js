// status: ok
// timeout: 20s
// value: 100000
// why: a hundred thousand rejections that are all handled before the run ends, the oldest first
const held = [];
for (let i = 0; i < 100000; i++) held.push(Promise.reject(i));
await 1;
let n = 0;
for (const p of held) p.catch(() => { n++; });
await 1; await 1;
n;
