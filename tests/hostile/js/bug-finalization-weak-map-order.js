// status: ok
// value: "number"
// timeout: 20s
// why: quickjs-ng issue 1352: the death of a key frees, as a WeakMap's value, the registry whose entry is looked at next
let rounds = 0;
for (let i = 0; i < 5000; i++) {
  let key = i & 1 ? Symbol('key') : {}, map = new WeakMap(), registry = new FinalizationRegistry(() => { rounds++; });
  registry.register(key, i);
  map.set(key, registry);
  registry = null;
  key = null;
  new Array(30).fill({ i });
}
await new Promise(done => setTimeout(done, 1));
typeof rounds;
