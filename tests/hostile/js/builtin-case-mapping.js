// status: timeout
// code: wall_time_limit
// why: upper case of characters that grow to three
const s = '\u0390\ufb03'.repeat(500000);
for (;;) s.toUpperCase().toLowerCase();
