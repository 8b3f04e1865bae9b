// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: trap.
// names: []
// why: a getter on the global object
var ran = 0;
Object.defineProperty(globalThis, 'trap', {get() { ran++; return {}; }, configurable: true});
'ready';
