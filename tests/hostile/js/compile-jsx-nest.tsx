// status: error|limit
// code: syntax_error|stack_limit|memory_limit
// timeout: 20s
// why: fifty thousand nested elements
const x = @@50000*<a>@@@@50000*</a>@@;
