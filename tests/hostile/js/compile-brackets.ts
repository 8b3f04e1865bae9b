// status: error|limit
// code: syntax_error|stack_limit|memory_limit
// timeout: 20s
// why: a hundred thousand nested array brackets
const x: any = @@100000*[@@@@100000*]@@;
