// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: r.x.
// names: []
// why: a proxy that was revoked
var ran = 0;
const {proxy: r, revoke} = Proxy.revocable({x: {}}, {});
revoke();
'ready';
