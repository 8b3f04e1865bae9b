// status: ok
// timeout: 20s
// value: ["RangeError","RangeError","RangeError","RangeError"]
// why: array lengths that cannot be are refused before memory is taken
[
  () => Array.from({ length: 2 ** 53 - 1 }),
  () => [].slice.call({ length: 2 ** 53 - 1 }),
  () => [].toSorted.call({ length: 2 ** 53 - 1 }),
  () => [].toSpliced.call({ length: 2 ** 32 }, 0, 0),
].map((f) => { try { f(); return 'none'; } catch (e) { return e.name; } });
