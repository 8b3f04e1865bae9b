// status: limit
// code: memory_limit
// timeout: 20s
// why: a Set of ever new strings
const s = new Set();
for (let i = 0; ; i++) s.add('key number ' + i);
