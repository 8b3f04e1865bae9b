// status: limit
// code: memory_limit
// timeout: 20s
// why: a chain of closures, each holding the one before
let f = () => 0;
for (;;) { const g = f; f = () => g; }
