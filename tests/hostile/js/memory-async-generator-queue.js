// status: limit
// code: memory_limit
// timeout: 20s
// why: requests pile up in the queue of an async generator
async function* g() { await new Promise(() => {}); yield 1; }
const it = g();
for (;;) it.next();
