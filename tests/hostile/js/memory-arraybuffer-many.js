// status: limit
// code: memory_limit
// timeout: 3s
// why: buffers of a mebibyte, all kept
const a = [];
for (;;) a.push(new ArrayBuffer(1 << 20));
