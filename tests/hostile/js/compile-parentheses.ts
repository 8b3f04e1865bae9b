// status: error|limit
// code: syntax_error|stack_limit|memory_limit
// timeout: 20s
// why: a hundred thousand nested parentheses, any of which may be an arrow function's
const x: any = @@100000*(@@1@@100000*)@@;
