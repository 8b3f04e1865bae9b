// status: error
// code: uncaught_error
// timeout: 20s
// error: Error: far
// why: an error at the far end of a line of a hundred kilobytes
let n: number = 0; @@8000*n += 1 as any; @@ throw new Error('far');
