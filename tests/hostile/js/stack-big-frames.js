// status: limit
// timeout: 20s
// code: stack_limit
// stack: 256KiB
// why: frames of a thousand locals each
let body = 'let n = 0';
for (let i = 0; i < 1000; i++) body += ', v' + i + ' = n';
const f = new Function('f', body + '; f(f);');
f(f);
