// status: ok
// timeout: 20s
// value: "after"
// why: printing a revoked proxy, alone, in an array, as a prototype
const { proxy, revoke } = Proxy.revocable({}, {});
const child = Object.create(proxy);
revoke();
try { console.log(proxy); console.log([proxy], { proxy }); console.log(child); } catch {}
'after';
