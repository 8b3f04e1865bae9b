// status: ok
// value: "ended"
// tools: echo, never
// timeout: 20s
// limits: tool_pending=2000, tool_running=2000
// why: a run ends with its calls open, whose answers come when it is gone
for (let i = 0; i < 1000; i++) { tools.never(i).catch(() => {}); tools.echo(i).catch(() => {}); }
'ended';
