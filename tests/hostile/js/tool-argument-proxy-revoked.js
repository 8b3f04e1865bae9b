// status: ok
// timeout: 20s
// value: "done"
// tools: echo
// why: a revoked proxy as the argument and inside of it
const { proxy, revoke } = Proxy.revocable([], {});
revoke();
for (const a of [proxy, [proxy], { proxy }, Object.create(proxy)]) await tools.echo(a).catch(() => {});
'done';
