// status: error
// code: syntax_error
// timeout: 20s
// why: a comment that does not end
let n: number = 1; /* @@500000**@@
