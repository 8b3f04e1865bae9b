// status: ok
// value: ["TypeError","TypeError","TypeError","TypeError","TypeError","TypeError","TypeError","TypeError"]
// why: quickjs-ng issue 1690: number arrays made from BigInt arrays and the other way round
const seen = [];
for (const [To, From] of [[Int8Array, BigInt64Array], [BigInt64Array, Int8Array], [BigUint64Array, Float64Array], [Float32Array, BigUint64Array]])
  for (const n of [0, 1000])
    try { seen.push(new To(new From(n)).length); } catch (e) { seen.push(e.name); }
seen;
