// status: error
// code: syntax_error
// timeout: 20s
// why: a string that does not end
const s: string = "@@500000*x@@
