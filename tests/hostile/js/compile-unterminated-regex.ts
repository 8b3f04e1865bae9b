// status: error
// code: syntax_error
// timeout: 20s
// why: a regular expression that does not end
let r: RegExp = /[@@500000*/@@
