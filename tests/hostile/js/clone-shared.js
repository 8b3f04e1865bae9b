// status: ok
// timeout: 20s
// value: "after"
// why: a graph of forty shared levels is cloned as a graph
let a = ['leaf'], m = new Map([['leaf', 1]]);
for (let i = 0; i < 40; i++) { a = [a, a]; m = new Map([[m, m], ['m', m]]); }
const c = structuredClone([a, m]);
c[0][0] === c[0][1] ? 'after' : 'a tree';
