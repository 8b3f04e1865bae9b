// status: ok
// value: ["c","c","SyntaxError","SyntaxError","SyntaxError","SyntaxError","SyntaxError","SyntaxError"]
// why: quickjs-ng issue 1591: the number of alternatives between two groups of one name wraps at 256
const seen = [];
for (const n of [253, 254, 255, 256, 511, 512, 5000])
  try { const r = new RegExp('(?<g>a)' + '|x'.repeat(n) + '|(?<g>c)'); seen.push(r.exec('c')?.groups.g ?? null); } catch (e) { seen.push(e.name); }
try { new RegExp('(?<g>a)(?<g>b)'); } catch (e) { seen.push(e.name); }
seen;
