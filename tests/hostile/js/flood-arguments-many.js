// status: ok
// value: 9999
// tools: echo
// timeout: 30s
// limits: tool_calls=100000, tool_calls_each=100000, tool_pending=100000, tool_running=100000
// why: ten thousand small calls at once
let sum = 0;
await Promise.all(Array.from({ length: 10000 }, async (_, i) => { sum += await tools.echo(i); }));
sum;
