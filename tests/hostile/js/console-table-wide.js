// status: ok
// timeout: 20s
// value: "after"
// why: a table of ten thousand columns, one of a column each row, one with texts of a mebibyte
const wide = {};
for (let i = 0; i < 10000; i++) wide['c' + i] = i;
console.table([wide, wide, wide]);
console.table(Array.from({ length: 3000 }, (_, i) => ({ ['c' + i]: i })));
console.table([['x'.repeat(1 << 20), '\n'.repeat(1 << 16), 'é\u0301'.repeat(1 << 16)]]);
console.table(new Map(Array.from({ length: 100000 }, (_, i) => [i, { a: 1, b: i, c: [wide] }])));
console.table(new Array(1e6));
console.table(Object.assign([], { 4294967290: 1 }));
'after';
