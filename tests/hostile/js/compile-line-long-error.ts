// status: error
// code: uncaught_error
// timeout: 20s
// memory: 256MiB
// error: Error: far
// why: an error at the far end of a line of half a mebibyte
let n: number = 0; @@40000*n += 1 as any; @@ throw new Error('far');
