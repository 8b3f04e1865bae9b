// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: trap.
// names: []
// why: a getter on the global object
const note = console.log;
Object.defineProperty(globalThis, 'trap', {get() { note('ran'); return {}; }, configurable: true});
'ready';
