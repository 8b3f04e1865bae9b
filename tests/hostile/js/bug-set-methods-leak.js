// status: ok
// value: 12000
// timeout: 20s
// memory: 32MiB
// why: quickjs-ng issue 1565: union, intersection and their like leak their elements; the memory limit bounds that
let n = 0;
for (let i = 0; i < 3000; i++) {
  const o = { weight: new Array(100).fill(i) };
  for (const name of ['union', 'symmetricDifference', 'intersection', 'difference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'])
    n += typeof new Set([o, { o }, 1])[name](new Set([o, 9])) === 'object';
}
n;
