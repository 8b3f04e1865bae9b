// status: ok
// value: 300
// timeout: 20s
// why: cyclic garbage that holds 300 MiB of buffers must be collected before the limit is hit
let n = 0;
for (let i = 0; i < 300; i++) { const a = { b: new ArrayBuffer(1 << 20) }; a.a = a; n++; }
n;
