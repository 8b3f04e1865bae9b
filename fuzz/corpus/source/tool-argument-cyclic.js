// status: ok
// timeout: 20s
// value: "done"
// tools: echo
// why: a cyclic argument is refused or tagged, and ends
const o = { list: [] };
o.self = o;
o.list.push(o.list);
await tools.echo(o).then(() => 'done', () => 'done');
