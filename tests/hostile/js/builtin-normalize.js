// status: timeout
// code: wall_time_limit
// polls: no
// why: Unicode normalisation of half a million combining characters
const s = ('a' + '\u0301\u0323'.repeat(50)).repeat(5000);
for (;;) { s.normalize('NFD'); s.normalize('NFKC'); }
