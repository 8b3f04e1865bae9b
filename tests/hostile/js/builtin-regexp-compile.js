// status: timeout
// code: wall_time_limit
// timeout: 150ms
// why: the regex compiler inserts bytes before each of half a million alternatives
for (;;) try { new RegExp('a|'.repeat(500000)); } catch {}
