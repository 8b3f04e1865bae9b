// status: ok
// timeout: 20s
// value: 7
// why: promises of promises, twenty thousand deep, as the result
let p = Promise.resolve(7);
for (let i = 0; i < 20000; i++) { const q = p; p = new Promise((yes) => yes(q)); }
p;
