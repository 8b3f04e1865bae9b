// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: o.o
// names: ["own"]
// why: a proxy in the chain of prototypes
const note = console.log;
const o = Object.create(new Proxy({other: 1}, new Proxy({}, {get() { note('ran'); }})), {own: {value: 1}});
'ready';
