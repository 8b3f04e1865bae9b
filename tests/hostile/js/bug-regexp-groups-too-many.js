// status: ok
// value: "true,true,SyntaxError,SyntaxError,SyntaxError,true,true,SyntaxError,SyntaxError,SyntaxError,true,true,SyntaxError,SyntaxError,SyntaxError,true,true,SyntaxError,SyntaxError,SyntaxError,true,true,SyntaxError,SyntaxError,SyntaxError"
// why: bellard/quickjs issue 30: groups, names and references at the edge of what their counters hold
const seen = [];
for (const make of [n => '()'.repeat(n), n => '(?<a>x)|'.repeat(n), n => Array.from({ length: n }, (_, i) => `(?<n${i}>)`).join(''), n => '(?:' + '()'.repeat(n) + ')\\' + n, n => '(?=()'.repeat(n) + ')'.repeat(n)])
  for (const n of [100, 254, 255, 256, 300])
    try { seen.push(new RegExp(make(n)).exec('xx') !== null); } catch (e) { seen.push(e.name); }
seen.join();
