// status: limit
// code: memory_limit
// timeout: 20s
// why: many strings of a kibibyte
const a = [];
for (let i = 0; ; i++) a.push(String(i).padEnd(1024, '.'));
