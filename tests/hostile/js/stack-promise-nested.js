// status: ok
// timeout: 20s
// value: "inner"
// why: promises resolved with promises, five thousand deep
let p = Promise.resolve('inner');
for (let i = 0; i < 5000; i++) { const q = p; p = new Promise((r) => r(q)); }
await p;
