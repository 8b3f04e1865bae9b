// status: error|limit
// code: syntax_error|stack_limit|memory_limit
// timeout: 20s
// why: a hundred thousand nested blocks
@@100000*{@@let x: number = 1;@@100000*}@@
