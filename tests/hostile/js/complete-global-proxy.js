// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: glob
// names: ["globalThis"]
// why: a proxy behind the global object
var ran = 0;
Object.setPrototypeOf(globalThis, new Proxy({}, new Proxy({}, {get() { ran++; }})));
'ready';
