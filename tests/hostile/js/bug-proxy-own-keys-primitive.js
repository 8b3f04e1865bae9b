// status: ok
// value: "TypeError,answered"
// why: quickjs-ng issue 1628: ownKeys answers with what is no object, or with keys that change while they are read
const seen = [];
for (const answer of [0, '', 'ab', true, null, undefined, 1n, Symbol('s'), { length: 2, get 0() { this.length = 0; return 'a'; }, get 1() { return 'a'; } }, { length: 3, 0: 'a', 1: 1, 2: 'c' }])
  for (const use of [Reflect.ownKeys, JSON.stringify, Object.entries])
    try { use(new Proxy({}, { ownKeys: () => answer })); seen.push('answered'); } catch (e) { seen.push(e.name); }
[...new Set(seen)].join();
