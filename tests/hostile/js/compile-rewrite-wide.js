// status: ok
// timeout: 20s
// value: 10000
// why: ten thousand statements before a top-level return
let n = 0;
@@10000*n += 1;\n@@
return n;
