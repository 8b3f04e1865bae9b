// status: ok
// timeout: 20s
// value: "done"
// tools: echo
// why: a getter of the argument calls the tool with the same argument, for ever
const o = { get a() { const p = tools.echo(o); p.catch(() => {}); return p; } };
await tools.echo(o).then(() => 'done', () => 'done');
