// status: limit
// timeout: 20s
// code: stack_limit
// why: plain recursion
function f() { return f() + 1; }
f();
