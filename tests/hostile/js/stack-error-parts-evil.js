// status: error
// code: uncaught_error
// timeout: 20s
// why: an uncaught error whose name, message, code and data are huge, cyclic, proxies and getters
const data = { big: 'x'.repeat(3 << 20) };
const e = new Error('m'.repeat(3 << 20));
Object.defineProperty(e, 'name', { get() { return 'N'.repeat(1 << 20); } });
e.code = new Proxy({}, { get() { throw 1; } });
e.data = data;
e.cause = e;
throw e;
