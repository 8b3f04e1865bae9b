// status: limit
// code: tool_calls_limit
// timeout: 10s
// tools: echo
// why: the 10,001st call, not caught
for (let i = 0; i < 20; i++) await Promise.all(Array.from({ length: 500 }, () => tools.echo(1)));
await tools.echo(1);
