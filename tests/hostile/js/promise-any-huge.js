// status: ok
// timeout: 20s
// value: ["AggregateError",2000]
// why: an AggregateError of two thousand errors
let r;
await Promise.any(Array.from({ length: 2000 }, (_, i) => Promise.reject(i))).catch((e) => { r = [e.name, e.errors.length]; });
r;
