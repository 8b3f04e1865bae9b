// status: ok
// value: "RangeError,SyntaxError,called"
// timeout: 5s
// why: bellard/quickjs issue 46: functions with more parameters and variables than their counters hold
const seen = [];
for (const make of [n => new Function(...Array.from({ length: n }, (_, i) => 'a' + i), 'return arguments.length'), n => new Function('var ' + Array.from({ length: n }, (_, i) => 'v' + i).join() + '; return v0'), n => (0, eval)(`(function(${',a'.repeat(n).slice(1)}) {})`), n => (0, eval)('(' + '{'.repeat(0) + '() => {' + 'let x;{'.repeat(n % 5000) + '}'.repeat(n % 5000) + '})'), n => Function.prototype.bind.apply(Math.max, Array(n).fill(1))])
  for (const n of [65533, 65534, 65535, 65536, 65537, 70000])
    try { const f = make(n); f(...Array(10)); seen.push('called'); } catch (e) { seen.push(e.name); }
[...new Set(seen)].sort().join();
