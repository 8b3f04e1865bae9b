// status: limit
// timeout: 20s
// code: stack_limit
// why: three functions that call one another
const a = () => b() + 1, b = () => c() + 1, c = () => a() + 1;
a();
