// status: error
// code: uncaught_error
// error: Error: x
// why: a stack of thousands of forged frames, each at the far end of a source of many lines: the host looks each of them up
const e = new Error('x');
e.stack = '    at main.js:900001:1\n'.repeat(4000);
throw e;
@@900000*\n@@
