// status: error
// timeout: 20s
// code: uncaught_error
// error: Error: x
// why: a forged stack with host paths, and of mebibytes, must not matter
const e = new Error('x');
Object.defineProperty(e, 'stack', { value: '    at /etc/passwd:1:1\n'.repeat(200000) });
throw e;
