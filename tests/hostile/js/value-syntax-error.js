// status: error
// code: syntax_error
// why: text that is no program
let a = ;
