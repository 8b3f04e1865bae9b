// status: ok
// timeout: 20s
// value: 100000
// why: a hundred thousand keys, keys and descriptions of a mebibyte, keys of line breaks
const o = {}, long = 'k'.repeat(1 << 20);
for (let i = 0; i < 100000; i++) o['k' + i] = i;
const odd = { [long]: 1, [Symbol(long)]: 2, '\n\u0000\u2028': 3, '\ud800': 4, '': 5, ['__proto__']: 6, [Symbol()]: 7 };
console.log(o, odd);
console.dir(o, { maxArrayLength: Infinity, depth: 0 });
console.table(odd);
Object.keys(o).length;
