// status: error|limit
// code: syntax_error|stack_limit
// timeout: 20s
// why: a template literal that does not end, after fifty thousand that do
const s: string = @@50000*`${1}` + @@`${`
