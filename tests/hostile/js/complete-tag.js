// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: t.val
// names: ["value","valueOf"]
// why: getters for toStringTag, toString and toJSON
var ran = 0;
const t = {value: 1, get [Symbol.toStringTag]() { ran++; }, get toString() { ran++; }, get toJSON() { ran++; }};
'ready';
