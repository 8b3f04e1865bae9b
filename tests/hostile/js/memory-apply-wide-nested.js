// status: limit
// code: memory_limit
// timeout: 20s
// memory: 16MiB
// why: wide calls of native functions, nested, hold their arguments on the heap
const wide = { length: 30000 };
function f() { return Math.max.apply(null, { length: 30000, get 0() { return f.apply(null, wide); } }); }
f();
