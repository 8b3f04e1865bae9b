// status: timeout
// code: wall_time_limit
// why: localeCompare of two long texts that differ at the end
const s = '\u00e9'.repeat(500000);
for (;;) (s + 'a').localeCompare(s + 'b');
