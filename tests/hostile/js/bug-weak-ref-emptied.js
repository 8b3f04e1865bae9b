// status: ok
// value: true
// timeout: 20s
// why: quickjs-ng issue 652: references are asked for targets that nobody else holds, before and after collections
const refs = [];
let empty = 0;
for (let i = 0; i < 3000; i++) { const r = new WeakRef({ i, more: new Array(10) }); refs.push(r); if (i % 7 === 0) r.deref(); const c = {}; c.c = c; }
for (const r of refs) { const o = r.deref(); if (o === undefined) empty++; else o.more[3] = o; }
await new Promise(done => setTimeout(done, 1));
for (const r of refs) r.deref();
empty >= 0;
