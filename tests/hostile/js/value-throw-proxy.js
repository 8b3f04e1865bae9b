// status: error
// timeout: 20s
// code: uncaught_error
// why: a proxy around an error whose every trap throws is thrown
throw new Proxy(new Error('x'), new Proxy({}, { get: () => () => { throw new Error('trap'); } }));
