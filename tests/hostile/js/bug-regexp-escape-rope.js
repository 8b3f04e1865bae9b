// status: ok
// value: [true,true,true,true]
// why: quickjs-ng issue 1571: RegExp.escape took a string that is still two halves for a flat one
const seen = [];
for (const [unit, n] of [['a', 50000], ['a.b-c|d', 8000], ['\u20ac\u2603', 20000], ['\ud800', 9000]]) {
  const half = unit.repeat(n), rope = half + half;
  try { seen.push(RegExp.escape(rope) === RegExp.escape(unit.repeat(n * 2))); } catch (e) { seen.push(e.name); }
}
seen;
