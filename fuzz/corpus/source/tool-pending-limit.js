// status: ok
// value: [1,"tool_pending_limit"]
// timeout: 20s
// tools: never
// why: the 1,001st call at once is rejected, the others stay
const bad = [];
for (let i = 0; i < 1001; i++) tools.never(i).catch((e) => bad.push(e.code));
await new Promise((r) => setTimeout(r, 5));
[bad.length, bad[0]];
