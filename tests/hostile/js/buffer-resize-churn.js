// status: timeout
// code: wall_time_limit
// why: resizing to and fro near the maximum
const b = new ArrayBuffer(0, { maxByteLength: 8 << 20 });
for (let i = 0; ; i++) { b.resize(i % 2 ? 8 << 20 : 1); }
