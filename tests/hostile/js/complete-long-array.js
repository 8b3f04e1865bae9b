// status: ok
// value: "ready"
// timeout: 20s
// memory: 256MiB
// complete: long.len
// names: ["length"]
// why: an array of ten million holes and items
const long = new Array(10_000_000).fill(0);
'ready';
