// status: timeout
// code: wall_time_limit
// why: overlapping moves of 32 MiB
const t = new Uint8Array(1 << 25);
for (;;) { t.set(t.subarray(1)); t.copyWithin(1, 0); }
