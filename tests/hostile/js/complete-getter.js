// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: evil.got.
// names: []
// why: a getter in the path of a completion
var ran = 0;
const evil = {get got() { ran++; return {x: 1}; }, set got(v) { ran++; }};
'ready';
