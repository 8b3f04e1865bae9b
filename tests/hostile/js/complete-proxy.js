// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: p.inner.
// names: []
// why: a proxy whose handler is a proxy
const note = console.log;
const p = new Proxy({inner: {x: 1}}, new Proxy({}, {get() { note('ran'); }}));
'ready';
