// status: limit
// code: memory_limit
// timeout: 20s
// why: one object with ever more properties
const o = {};
for (let i = 0; ; i++) o['p' + i] = i;
