// status: timeout
// code: wall_time_limit
// why: out of memory is caught for ever, and nothing is given back
const a = [];
for (;;) { try { for (;;) a.push('x'.repeat(1000)); } catch {} }
