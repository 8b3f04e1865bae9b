// status: ok
// value: 40
// timeout: 5s
// why: CVE-2025-62495, quickjs-ng issue 1221: nested loops of a pattern double its code until its size does not fit 32 bits
let refused = 0, taken = 0;
for (let i = 1; i <= 40; i++)
  try { const r = new RegExp('(?:'.repeat(i) + '(?:a|)+' + '|)+'.repeat(i)); if (i < 5) r.exec('a'); taken++; } catch (e) { refused++; }
taken + refused;
