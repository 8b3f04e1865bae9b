// status: ok
// timeout: 20s
// value: "after"
// why: a chain of a hundred thousand causes, and an AggregateError of as many errors
let e = new Error('first');
for (let i = 0; i < 100000; i++) e = new Error('e' + i, { cause: e });
const all = new AggregateError(Array.from({ length: 100000 }, () => e), 'all');
console.log(e);
console.log(all);
console.dir(all, { depth: Infinity });
'after';
