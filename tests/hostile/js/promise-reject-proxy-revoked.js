// status: error
// code: uncaught_error
// why: a rejection with a revoked proxy
const { proxy, revoke } = Proxy.revocable({}, {});
revoke();
await Promise.reject(proxy);
