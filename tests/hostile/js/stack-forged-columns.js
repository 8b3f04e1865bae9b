// status: error
// code: uncaught_error
// error: Error: x
// why: thousands of forged frames at the far end of a line of a megabyte
const e = new Error('x');
e.stack = 'main.js:9:990000\n'.repeat(4000);
throw e; // @@1000000*x@@
