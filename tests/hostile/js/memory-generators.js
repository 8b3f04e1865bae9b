// status: limit
// code: memory_limit
// timeout: 20s
// why: started generators, each with a frame of its own
function* g(...rest) { yield rest; }
const a = [];
for (;;) { const it = g(1, 2, 3); it.next(); a.push(it); }
