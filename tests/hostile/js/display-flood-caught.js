// status: timeout
// code: wall_time_limit
// why: display without end, and its limit caught each time
const big = 'x'.repeat(1 << 20), image = new Uint8Array(1 << 16);
for (;;) try { display(big); display(image); display([{ big }]); } catch {}
