// status: limit
// code: memory_limit
// timeout: 20s
// why: arrays of a thousand elements, all kept
const a = [];
for (;;) a.push(new Array(1000).fill(a));
