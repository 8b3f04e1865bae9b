// status: ok
// value: "SyntaxError,taken"
// timeout: 5s
// why: bellard/quickjs issue 29: the parser of patterns calls itself for each parenthesis
const seen = new Set();
for (const [a, b] of [['(', ')'], ['(?:', ')'], ['(?=', ')'], ['(?<!', ')'], ['[[', ']]'], ['(?<n>', ')'], ['(?i:', ')']])
  for (const n of [1000, 100000])
    try { new RegExp(a.repeat(n) + 'x' + b.repeat(n), a === '[[' ? 'v' : ''); seen.add('taken'); } catch (e) { seen.add(e.name); }
[...seen].sort().join();
