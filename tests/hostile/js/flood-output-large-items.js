// status: ok
// value: "done"
// timeout: 20s
// limits: console_bytes=67108864
// memory: 128MiB
// why: sixty mebibytes of text in a run whose limit lets them through
const piece = 'ab\u20ac\0"\\\n'.repeat(1 << 16);
for (let i = 0; i < 60; i++) console.log(piece);
'done';
