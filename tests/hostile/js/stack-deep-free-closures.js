// status: ok
// timeout: 20s
// value: "freed"
// why: chains of closures, promises and bound functions are freed at once
let f = () => 0;
for (let i = 0; i < 10000; i++) { const g = f; f = () => g; }
f = null;
let p = Promise.resolve();
for (let i = 0; i < 2000; i++) p = p.then(() => {});
p = null;
'freed';
