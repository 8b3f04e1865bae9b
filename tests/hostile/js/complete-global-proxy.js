// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: glob
// names: ["globalThis"]
// why: a proxy behind the global object
const note = console.log;
Object.setPrototypeOf(globalThis, new Proxy({}, new Proxy({}, {get() { note('ran'); }})));
'ready';
