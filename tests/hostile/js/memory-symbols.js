// status: limit
// code: memory_limit
// timeout: 20s
// why: symbols with long descriptions
const a = [];
for (let i = 0; ; i++) a.push(Symbol('symbol '.repeat(20) + i));
