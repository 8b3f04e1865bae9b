// status: ok
// value: "ended"
// again: 20
// tools: echo, never
// timeout: 20s
// why: the same in one session, over and over
for (let i = 0; i < 50; i++) { tools.never(i).catch(() => {}); tools.echo(i).catch(() => {}); }
'ended';
