// status: ok
// timeout: 20s
// value: ["InternalError","out of memory"]
// why: flattening a rope of 512 MiB
let s = 'a';
for (let i = 0; i < 29; i++) s += s;
let r;
try { s.charCodeAt(0); } catch (e) { r = [e.name, e.message]; }
r;
