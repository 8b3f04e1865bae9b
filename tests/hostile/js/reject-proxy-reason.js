// status: error
// code: uncaught_error
// timeout: 20s
// why: the reason of an unhandled rejection is a proxy, of which every trap throws
Promise.reject(new Proxy(new Error('x'), new Proxy({}, { get() { throw new Error('trap'); } })));
1;
