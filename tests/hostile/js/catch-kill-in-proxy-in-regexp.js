// status: timeout
// code: wall_time_limit
// why: the kill comes inside a proxy trap inside a regex built-in
const p = new Proxy(/a/, { get(t, k) { try { for (;;); } catch { return t[k]; } } });
try { RegExp.prototype[Symbol.replace].call(p, 'a', 'b'); } finally { for (;;); }
