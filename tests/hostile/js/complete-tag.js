// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: t.val
// names: ["value","valueOf"]
// why: getters for toStringTag, toString and toJSON
const note = console.log;
const t = {value: 1, get [Symbol.toStringTag]() { note('ran'); }, get toString() { note('ran'); }, get toJSON() { note('ran'); }};
'ready';
