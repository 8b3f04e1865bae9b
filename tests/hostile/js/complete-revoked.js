// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: r.x.
// names: []
// why: a proxy that was revoked
const {proxy: r, revoke} = Proxy.revocable({x: {}}, {});
revoke();
'ready';
