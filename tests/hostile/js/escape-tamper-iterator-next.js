// status: ok
// timeout: 20s
// value: [1,2,3]
// tools: echo
// why: next of array, map and string iterators throws
const its = [''[Symbol.iterator](), new Map().keys(), new Set().values(), [].values()];
for (let i = 0; i < 4; i++) Object.getPrototypeOf(its[i]).next = () => { throw new Error('tampered'); };
console.log([1], { a: 1 }, 'x');
await tools.echo([1, 2, 3]);
