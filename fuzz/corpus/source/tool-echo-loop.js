// status: ok
// value: "tool_calls_limit"
// timeout: 10s
// tools: echo
// why: an endless loop of tool calls ends at the number of calls in all
let r;
try { for (;;) await Promise.all(Array.from({ length: 500 }, () => tools.echo(1))); } catch (e) { r = e.code; }
r;
