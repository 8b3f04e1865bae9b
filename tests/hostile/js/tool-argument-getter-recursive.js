// status: ok
// timeout: 20s
// value: "done"
// tools: echo
// why: a getter of the argument calls the tool with the same argument, for ever
const o = { get a() { return tools.echo(o); } };
await tools.echo(o).then(() => 'done', () => 'done');
