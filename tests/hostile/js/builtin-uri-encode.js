// status: timeout
// code: wall_time_limit
// why: encodeURIComponent and its inverse over megabytes
const s = '\u{10ffff}'.repeat(500000);
for (;;) decodeURIComponent(encodeURIComponent(s));
