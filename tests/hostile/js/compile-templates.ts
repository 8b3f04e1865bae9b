// status: error|limit
// code: syntax_error|stack_limit|memory_limit
// timeout: 20s
// why: thirty thousand nested template literals
const s: string = @@30000*`${@@1@@30000*}`@@;
