// status: timeout
// code: wall_time_limit
// tools: echo, never
// timeout: 300ms
// memory: 1GiB
// limits: tool_calls=1000000, tool_calls_each=1000000, tool_pending=100000, tool_running=100000
// why: calls without end, none of which is waited for; with so much memory that time is what runs out
for (;;) { tools.echo([1]).catch(() => {}); tools.never({}).catch(() => {}); }
