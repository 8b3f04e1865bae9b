// status: error|limit|timeout|ok
// code: syntax_error|stack_limit|memory_limit|wall_time_limit
// timeout: 1s
// why: ternaries inside of what may be the parameters of an arrow function, thirty deep
const a: any = 1;
const x = @@30*a ? (b = @@1@@30*) : c => 1 : 2@@;
