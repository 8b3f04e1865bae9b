// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: chain.fir
// names: ["first"]
// why: a chain of 100,000 prototypes
let chain = null;
for (let i = 0; i < 100000; i++) chain = Object.create(chain);
chain.first = 1;
'ready';
