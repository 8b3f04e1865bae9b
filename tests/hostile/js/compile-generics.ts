// status: error|limit
// code: syntax_error|stack_limit|memory_limit
// timeout: 20s
// why: a hundred thousand nested type arguments
let x: @@100000*A<@@B@@100000*>@@;
