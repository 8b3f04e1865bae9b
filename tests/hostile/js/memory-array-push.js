// status: limit
// code: memory_limit
// timeout: 20s
// why: one array that grows without end
const a = [];
for (;;) a.push(a.length + 0.5);
