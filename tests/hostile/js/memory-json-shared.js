// status: limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: JSON text of forty shared arrays is a tebibyte
let a = 'some text in the leaves';
for (let i = 0; i < 40; i++) a = [a, a];
JSON.stringify(a);
