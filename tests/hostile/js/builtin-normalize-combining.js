// status: timeout
// code: wall_time_limit
// polls: no
// why: one character with a million unordered combining marks, sorted by insertion
for (;;) ('a' + '\u0301\u0323'.repeat(300000)).normalize('NFD');
