// status: limit
// timeout: 20s
// code: stack_limit
// stack: 64KiB
// why: a small stack limit is obeyed
(function f(n) { if (n) f(n - 1); })(3000);
