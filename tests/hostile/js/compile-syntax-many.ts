// status: error
// code: syntax_error
// timeout: 20s
// why: a source of errors alone
@@50000*)]}>=>?:@@
