// status: limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: compiled code, all kept
const a = [];
for (let i = 0; ; i++) a.push(eval('(function f' + i + '() { /*' + 'x'.repeat(20000) + '*/ })'));
