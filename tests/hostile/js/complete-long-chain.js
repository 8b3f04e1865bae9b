// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: chain.fir
// names: ["first"]
// why: a chain of 100,000 prototypes
var ran = 0;
let chain = null;
for (let i = 0; i < 100000; i++) chain = Object.create(chain);
chain.first = 1;
'ready';
