// status: ok
// timeout: 20s
// value: ["finally",2]
// why: return and break in finally swallow an error, as the language says
const a = (() => { try { throw 1; } finally { return 'finally'; } })();
let n = 0;
for (;;) { try { n++; throw n; } finally { if (n < 2) continue; break; } }
[a, n];
