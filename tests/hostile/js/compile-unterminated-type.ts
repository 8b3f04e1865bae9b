// status: error|limit
// code: syntax_error|stack_limit
// timeout: 20s
// why: types of every kind of bracket that never close
let x: @@5000*{ a: [(b: Map<@@
