// status: ok|error|timeout|limit
// code: uncaught_error|wall_time_limit|stack_limit|tool_failed
// copies: 60
// tools: echo, fail, never
// timeout: 2s
// why: runs side by side of which some end, some throw, some are killed and some wait for ever
const kind = Math.floor(Math.random() * 6);
console.log('kind', kind);
if (kind === 0) for (;;);
if (kind === 1) throw new Error('kind 1');
if (kind === 2) await tools.never();
if (kind === 3) await tools.fail();
if (kind === 4) { const f = () => [f()]; f(); }
await tools.echo(kind);
