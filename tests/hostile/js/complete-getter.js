// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: evil.got.
// names: []
// why: a getter in the path of a completion
const note = console.log;
const evil = {get got() { note('ran'); return {x: 1}; }, set got(v) { note('ran'); }};
'ready';
