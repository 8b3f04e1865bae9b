// status: limit
// code: memory_limit
// timeout: 20s
// why: a WeakMap whose keys stay alive through its values
const w = new WeakMap();
let last = {};
for (;;) { const k = { a: [1, 2, 3] }; w.set(k, last); last = k; w.set(last, k); globalThis.keep = [globalThis.keep, k]; }
