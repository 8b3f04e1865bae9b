// status: ok
// timeout: 20s
// module: a.js=export const a = 1;
// value: [10000,10000]
// why: ten thousand imports of modules that there are not, one after the other and all at once
let n = 0;
const codes = new Set();
for (let i = 0; i < 5000; i++) await import('none' + i).catch((e) => { n++; codes.add(e.message); });
await Promise.all(Array.from({ length: 5000 }, (_, i) => import('./none/' + i).catch((e) => { n++; codes.add(e.message); })));
[n, codes.size];
