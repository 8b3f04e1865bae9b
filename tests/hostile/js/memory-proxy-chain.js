// status: limit
// code: memory_limit
// timeout: 20s
// why: a proxy around a proxy around a proxy
let p = {};
for (;;) p = new Proxy(p, {});
