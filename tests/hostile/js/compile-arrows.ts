// status: error|limit
// code: syntax_error|stack_limit|memory_limit
// timeout: 20s
// why: a chain of thirty thousand arrow functions
const f = @@30000*(a: number) => @@1;
