// status: ok
// timeout: 20s
// value: [1,1,1]
// why: iterators and generators are shown without being moved
const m = new Map([[1, 2], [3, 4]]), i = m.entries(), s = new Set([1, 2]).values(), a = [1, 2, 3][Symbol.iterator]();
function* g() { yield 1; yield 2; }
const run = g();
console.log(i, s, a, run, [i, s, a, run]);
console.dir([i, s, a, run], { showHidden: true, depth: 4 });
console.log('%o %O', i, run);
[i.next().value[0], s.next().value, run.next().value];
