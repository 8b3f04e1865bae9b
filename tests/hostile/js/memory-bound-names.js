// status: limit
// code: memory_limit
// timeout: 20s
// why: each bind makes the function's name longer, quadratic
let f = function f() {};
for (;;) f = f.bind(null);
