// status: timeout
// code: wall_time_limit
// why: out of memory is caught for ever
const a = [];
for (;;) { try { for (;;) a.push(new Uint8Array(1 << 16)); } catch { a.length = 0; } }
