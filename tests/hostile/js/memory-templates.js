// status: limit
// code: memory_limit
// timeout: 20s
// why: template objects of evaluated code, all kept
const a = [];
const keep = (s) => a.push(s);
for (let i = 0; ; i++) eval('keep`' + 'x${0}'.repeat(50) + i + '`');
