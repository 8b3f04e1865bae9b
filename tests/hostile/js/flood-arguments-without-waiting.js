// status: timeout|limit
// code: wall_time_limit|memory_limit
// tools: echo, never
// timeout: 300ms
// limits: tool_calls=1000000, tool_calls_each=1000000, tool_pending=100000, tool_running=100000
// why: calls without end, none of which is waited for: which limit comes first is a question of the machine
for (;;) { tools.echo([1]).catch(() => {}); tools.never({}).catch(() => {}); }
