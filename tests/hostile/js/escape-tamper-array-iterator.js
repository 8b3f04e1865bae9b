// status: ok
// timeout: 20s
// value: {"a":[1,2]}
// tools: echo
// why: the iterator of arrays is replaced by one that yields other values for ever
Array.prototype[Symbol.iterator] = function* () { for (;;) yield 'evil'; };
console.log('a', [1, 2]);
await tools.echo({ a: [1, 2] });
