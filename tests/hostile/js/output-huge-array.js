// status: ok
// timeout: 20s
// value: "after"
// why: arrays, typed arrays, maps and sets much longer than is shown
console.log(new Array(1e6), new Array(2 ** 32 - 1), new Uint8Array(1e6), new Array(20000).fill(1));
console.log(new Map(Array.from({ length: 2000 }, (_, i) => [i, i])), new Set(Array.from({ length: 2000 }, (_, i) => i)));
'after';
