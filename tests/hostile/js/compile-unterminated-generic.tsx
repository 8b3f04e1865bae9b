// status: error|limit
// code: syntax_error|stack_limit
// timeout: 20s
// why: angle brackets that are neither elements nor types
const f = @@5000*<T extends <U @@
