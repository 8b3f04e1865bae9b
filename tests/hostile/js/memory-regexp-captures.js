// status: limit
// code: memory_limit
// timeout: 20s
// why: match results with indices and groups, all kept
const a = [];
for (;;) a.push(/(?<l>.)(?<r>.)/d.exec('ab'));
