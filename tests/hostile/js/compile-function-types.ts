// status: error|limit|timeout
// code: syntax_error|stack_limit|memory_limit|wall_time_limit
// timeout: 2s
// why: function types of function types, each of which may be a parenthesised type
let x: @@20000*(a: @@B@@20000*) => void@@;
