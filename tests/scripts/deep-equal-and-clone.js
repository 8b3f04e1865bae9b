// expect: {"cycle": true, "separate": 3, "kinds": [true, "giu", "bigint", 3], "equal": [true, false, true, false],
//   "refused": "DataCloneError"}
function deepEqual(a, b, seen = new Map()) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  if (a instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof Map) return a.size === b.size && [...a].every(([k, v]) => b.has(k) && deepEqual(v, b.get(k), seen));
  if (a instanceof Set) return a.size === b.size && [...a].every((v) => b.has(v));
  const keys = Reflect.ownKeys(a);
  return keys.length === Reflect.ownKeys(b).length && keys.every((k) => deepEqual(a[k], b[k], seen));
}

const original = {
  when: new Date('2025-02-03T04:05:06Z'),
  tags: new Set(['a', 'b']),
  index: new Map([['k', { list: [1, , 3] }]]),
  pattern: /x+/giu,
  big: 12n,
  bytes: new Uint8Array([1, 2, 3]),
};
original.self = original;

const clone = structuredClone(original);
clone.index.get('k').list.push(4);

const outcomes = {
  cycle: clone.self === clone,
  separate: original.index.get('k').list.length,
  kinds: [clone.when instanceof Date, clone.pattern.flags, typeof clone.big, clone.bytes.length],
  equal: [deepEqual(original, structuredClone(original)), deepEqual(original, clone), deepEqual([NaN], [NaN]), deepEqual({ a: 1 }, { a: 1, b: undefined })],
};
try {
  structuredClone({ f() {} });
} catch (e) {
  outcomes.refused = e.name;
}
outcomes;
