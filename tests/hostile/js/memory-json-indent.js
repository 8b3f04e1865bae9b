// status: ok
// value: ["InternalError","out of memory"]
// timeout: 20s
// memory: 16MiB
// why: indentation makes small values huge
let a = [];
for (let i = 0; i < 100; i++) a = [a];
const all = Array(1000).fill(a);
let r;
try { JSON.stringify(all, null, '          '); } catch (e) { r = [e.name, e.message]; }
r;
