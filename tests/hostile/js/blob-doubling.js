// status: ok|limit
// code: memory_limit
// timeout: 20s
// why: a Blob of two halves, forty times: more bytes than any memory
let b = new Blob(['x'.repeat(1024)]);
try { for (let i = 0; i < 40; i++) b = new Blob([b, b]); } catch {}
'after';
