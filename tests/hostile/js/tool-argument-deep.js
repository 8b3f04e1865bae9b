// status: ok
// value: "done"
// timeout: 20s
// tools: echo
// why: an argument nested twenty thousand deep is refused or crosses
let a = 1;
for (let i = 0; i < 20000; i++) a = [a];
await tools.echo(a).then(() => 'done', (e) => (e instanceof Error ? 'done' : 'odd'));
