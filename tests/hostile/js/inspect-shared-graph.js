// status: ok
// timeout: 20s
// value: "after"
// why: a graph of forty shared levels has a million million paths
let a = ['leaf'], o = { leaf: 1 }, m = new Map([[1, 2]]);
for (let i = 0; i < 40; i++) { a = [a, a]; o = { l: o, r: o }; m = new Map([[m, m]]); }
for (const v of [a, o, m]) { console.log(v); console.dir(v, { depth: Infinity }); console.log('%o', v); }
'after';
