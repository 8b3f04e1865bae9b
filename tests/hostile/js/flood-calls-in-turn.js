// status: ok
// value: 2100
// tools: sync_echo, echo, fail
// timeout: 30s
// limits: tool_calls=100000, tool_calls_each=100000
// why: two thousand calls one after the other, of each kind
let n = 0;
for (let i = 0; i < 700; i++) { n += tools.sync_echo(i) === i; n += (await tools.echo('\0' + i)).length > 1; try { await tools.fail(); } catch { n++; } }
n;
