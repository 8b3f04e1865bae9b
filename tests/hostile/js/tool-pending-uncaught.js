// status: limit
// code: tool_pending_limit
// timeout: 20s
// tools: never
// why: the 1,001st call at once, not caught
const all = [];
for (let i = 0; i < 1001; i++) all.push(tools.never(i));
await Promise.all(all);
