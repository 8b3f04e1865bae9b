// status: error
// timeout: 20s
// code: syntax_error
// why: text that is no program
let a = ;
