// status: error|limit|timeout|ok
// code: syntax_error|stack_limit|memory_limit|wall_time_limit
// timeout: 1s
// why: ternaries with brackets that may be arrow functions with return types: parsers go back at each of them
const a: any = 1, b: any = 2;
@@40*a ? (b) : (@@b@@40*)@@;
