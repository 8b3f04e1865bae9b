// status: ok
// timeout: 20s
// memory: 256MiB
// value: 30000
// why: thirty thousand statements before a top-level return
let n = 0;
@@30000*n += 1;\n@@
return n;
