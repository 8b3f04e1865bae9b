// status: error|limit
// code: syntax_error|stack_limit|memory_limit
// timeout: 20s
// why: fifty thousand nested object literals
const x = @@50000*{a:@@1@@50000*}@@ as const;
