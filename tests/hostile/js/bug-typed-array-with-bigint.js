// status: ok
// value: ["TypeError","TypeError","TypeError","TypeError","RangeError","1,0","RangeError","1,0","SyntaxError","SyntaxError"]
// why: quickjs-ng issue 1625: BigInt64Array.with on an empty array and with values of the wrong kind
const seen = [];
for (const args of [[], [0, 1], [0, 1n], [0, { valueOf: () => 1n }], [-1, 'x']])
  for (const view of [new BigInt64Array(), new BigUint64Array(2)])
    try { seen.push(String(view.with(...args))); } catch (e) { seen.push(e.name); }
seen;
