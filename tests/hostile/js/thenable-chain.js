// status: ok
// timeout: 20s
// value: 200000
// why: a chain of two hundred thousand thenables, each of which resolves with the next
let t = { then(yes) { yes(200000); } };
for (let i = 0; i < 200000; i++) { const next = t; t = { then(yes) { yes(next); } }; }
return t;
