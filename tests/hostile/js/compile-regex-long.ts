// status: error|ok|limit
// code: syntax_error|uncaught_error|memory_limit
// timeout: 20s
// why: a regular expression of half a mebibyte, of brackets
const r: RegExp = /@@100000*[(]@@/;
1;
