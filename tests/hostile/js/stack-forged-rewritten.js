// status: error
// code: uncaught_error
// error: Error: x
// timeout: 2s
// memory: 256MiB
// why: thousands of forged frames behind the end of a rewritten source: none of them is shown, and each is looked for
const e = new Error('x');
e.stack = '    at main.js:9000001:1\n'.repeat(4000);
if (e) throw e;
return 1;
@@900000*\n@@
