// status: ok
// timeout: 20s
// value: "RangeError"
// why: a chain of native iterator helpers is pulled
let it = [1, 2, 3].values();
for (let i = 0; i < 20000; i++) it = it.map((x) => x);
let r;
try { it.next(); } catch (e) { r = e.name; }
r;
