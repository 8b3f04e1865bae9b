// status: limit
// code: memory_limit
// timeout: 20s
// why: compiled regular expressions, all kept
const a = [];
for (let i = 0; ; i++) a.push(new RegExp('[a-z]{' + (i % 1000) + '}(x|y|z)+' + i));
