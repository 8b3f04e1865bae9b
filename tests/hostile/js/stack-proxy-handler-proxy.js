// status: limit
// timeout: 20s
// code: stack_limit
// why: a proxy whose handler is a proxy, a thousand times, natively
let h = {};
for (let i = 0; i < 50000; i++) h = new Proxy({}, h);
h.x;
