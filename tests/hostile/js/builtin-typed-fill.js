// status: timeout
// code: wall_time_limit
// why: native fill of 32 MiB, again and again
const t = new Uint8Array(1 << 25);
for (;;) t.fill(7);
