// status: ok
// timeout: 20s
// value: ["InternalError","string too long"]
// why: a rope that doubles takes no memory, but must end at the longest string
let s = 'ab';
let r;
try { for (;;) s += s; } catch (e) { r = [e.name, e.message]; }
r;
