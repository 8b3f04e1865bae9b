// status: error|limit|timeout|ok
// code: syntax_error|stack_limit|memory_limit|wall_time_limit
// timeout: 1s
// why: ten thousand less-than signs in a row, each of which may open type arguments
const f: any = 1;
f @@10000*< f @@;
