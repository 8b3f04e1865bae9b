// status: timeout
// code: wall_time_limit
// why: parsing of two megabytes of JSON, again and again
const s = '[' + '[],'.repeat(700000) + '0]';
for (;;) { try { JSON.parse(s); } catch {} }
