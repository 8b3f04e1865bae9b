// status: error|limit|timeout|ok
// code: syntax_error|stack_limit|memory_limit|wall_time_limit|uncaught_error
// timeout: 1s
// why: less-than signs that may be type arguments, thirty deep
const f: any = 1;
f@@30*<(f@@@@30*)@@;
