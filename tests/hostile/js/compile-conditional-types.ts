// status: error|limit|ok
// code: syntax_error|stack_limit|memory_limit
// timeout: 20s
// why: a conditional type of twenty thousand levels
type T<A> = @@20000*A extends # ? # : @@never;
1;
