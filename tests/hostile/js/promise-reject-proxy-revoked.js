// status: error
// timeout: 20s
// code: uncaught_error
// why: a rejection with a revoked proxy
const { proxy, revoke } = Proxy.revocable({}, {});
revoke();
await Promise.reject(proxy);
