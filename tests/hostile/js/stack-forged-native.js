// status: error
// code: uncaught_error
// error: Error: x
// timeout: 20s
// why: forged frames of the bootstrap do not get into a report
const e = new Error('x');
e.stack = '    at host (native)\n    at f (native:1:1)\n    at main.js:7:1\n    at g (native:9999:1)';
throw e;
