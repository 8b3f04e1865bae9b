// status: error|limit
// code: syntax_error|stack_limit
// timeout: 20s
// why: fifty thousand elements that are never closed
const x = @@5000*<a b={@@;
