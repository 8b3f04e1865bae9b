// status: error
// code: uncaught_error
// timeout: 1s
// why: an error with a message and a name of mebibytes
throw Object.assign(new Error('x'.repeat(2 << 20)), { name: 'n'.repeat(1 << 20) });
