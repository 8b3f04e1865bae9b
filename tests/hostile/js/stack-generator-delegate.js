// status: limit
// timeout: 20s
// code: stack_limit
// stack: 128KiB
// why: yield* over a generator that delegates to itself
function* g() { yield* g(); }
g().next();
