// status: timeout
// code: wall_time_limit
// why: base64 of megabytes, again and again
const t = new Uint8Array(4 << 20);
for (;;) Uint8Array.fromBase64(t.toBase64());
