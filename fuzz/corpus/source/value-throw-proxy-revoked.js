// status: error
// timeout: 20s
// code: uncaught_error
// why: a revoked proxy is thrown
const { proxy, revoke } = Proxy.revocable(new Error('x'), {});
revoke();
throw proxy;
