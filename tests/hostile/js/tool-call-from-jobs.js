// status: ok
// timeout: 20s
// value: [1,2,3]
// tools: echo
// why: calls out of timers, microtasks and promise handlers
const out = [];
await new Promise((r) => setTimeout(async () => { out.push(await tools.echo(1)); r(); }, 1));
await new Promise((r) => queueMicrotask(async () => { out.push(await tools.echo(2)); r(); }));
await Promise.resolve().then(() => tools.echo(3)).then((v) => out.push(v));
out;
