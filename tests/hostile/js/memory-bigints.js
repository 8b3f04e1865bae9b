// status: limit
// code: memory_limit
// timeout: 20s
// why: large numbers, all kept
const a = [];
const one = 1n << 500000n;
for (let i = 0n; ; i++) a.push(one + i);
