// status: ok
// value: 199999
// timeout: 20s
// memory: 32MiB
// why: bellard/quickjs issue 493: Iterator.map never frees what it maps; a memory limit bounds the leak
function* source() { for (let i = 0; i < 200000; i++) yield { index: i, weight: new Array(50) }; }
let n = 0;
for (const x of source().map(x => x.index)) n = x;
n;
