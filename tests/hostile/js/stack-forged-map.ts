// status: error
// code: uncaught_error
// error: Error: x
// timeout: 20s
// why: thousands of forged frames behind the last entry of a long map of columns
const e: any = new Error('x');
e.stack = 'main.ts:999999:1\n'.repeat(4000);
throw e;
@@1500*enum E# { A, B } const c# = E#.A, d# = 1;\n@@
