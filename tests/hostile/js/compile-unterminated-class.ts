// status: error|limit
// code: syntax_error|stack_limit
// timeout: 20s
// why: classes in the parameters of their own constructors
@@3000*class A { constructor(private x = @@
