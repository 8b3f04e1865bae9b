// status: ok
// timeout: 20s
// memory: 8MiB
// value: 3
// why: the compiler has memory of its own where a run is given little
const f = (a: number, b: number): number => a + b;
f(1, 2);
