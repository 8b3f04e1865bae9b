// status: ok
// timeout: 20s
// memory: 512MiB
// value: [500000,500000]
// why: half a million elements, and a map of as many
const a = Array.from({ length: 500000 }, (_, i) => i % 10 ? i : { i }), m = new Map(a.map((v, i) => [i, v]));
const c = structuredClone([a, m]);
[c[0].length, c[1].size];
