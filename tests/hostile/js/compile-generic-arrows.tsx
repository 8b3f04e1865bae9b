// status: error|limit|timeout
// code: syntax_error|stack_limit|memory_limit|wall_time_limit
// timeout: 2s
// why: arrow functions with type parameters, in a language where they may be elements
const f = @@3000*<T,>(a: T) => @@1;
