// status: timeout
// code: wall_time_limit
// why: native search through 32 MiB for what is not there
const t = new Uint16Array(1 << 24);
for (;;) { t.indexOf(9); t.lastIndexOf(9); t.includes(9); }
