// status: limit
// code: memory_limit
// timeout: 20s
// why: a string that doubles and is flattened each time
let s = 'ab';
for (;;) { s += s; s.charCodeAt(0); }
