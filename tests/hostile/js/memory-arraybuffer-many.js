// status: limit
// code: memory_limit
// timeout: 20s
// why: buffers of a mebibyte, all kept
const a = [];
for (;;) a.push(new ArrayBuffer(1 << 20));
