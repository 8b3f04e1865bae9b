// status: ok
// value: "4,4,4,4,4,4,4,4,4,4,4,4,4,4,4,4"
// timeout: 20s
// why: quickjs-ng issue 1562: the same array under every other built-in that moves elements
const uses = { pop: [], shift: [], unshift: [{}, {}], splice: [3, 5, {}, {}, {}], reverse: [], sort: [], fill: [{}, 2, 90], copyWithin: [50, 0, 10], concat: [[{}]], slice: [1, 200], flat: [], toSpliced: [1, 1], with: [200, {}], at: [-1], lastIndexOf: [{}], includes: [undefined] };
const seen = [];
for (const [name, args] of Object.entries(uses)) {
  const keep = [];
  for (let i = 0; i < 60; i++) { const a = [{}, {}]; a.length = 245; a[name](...args); a.push({}); a.length = 3; a.push({}); keep.push(a); }
  for (let i = 0; i < 3000; i++) { const c = {}; c.c = c; }
  seen.push(keep.at(-1).length);
}
seen.join();
