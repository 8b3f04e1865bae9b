// status: limit
// timeout: 20s
// code: stack_limit
// why: resuming a chain of generators, each waiting in the one before
let it = (function* () { for (;;) yield 1; })();
for (let i = 0; i < 8000; i++) { const inner = it; it = (function* () { yield* inner; })(); }
it.next();
