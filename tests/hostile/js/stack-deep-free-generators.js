// status: ok
// timeout: 20s
// value: "freed"
// why: a chain of suspended generators is freed at once
let it = null;
for (let i = 0; i < 4000; i++) { const inner = it; it = (function* () { yield inner; yield inner; })(); it.next(); }
it = null;
'freed';
