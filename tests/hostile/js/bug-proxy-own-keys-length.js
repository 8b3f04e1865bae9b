// status: ok
// value: "0,EvalError,RangeError,true,"
// timeout: 5s
// why: bellard/quickjs issue 535: the length of ownKeys' answer times eight does not fit the 32 bits of the guest's addresses
const seen = [];
for (const length of [0x20000000, 0x20000001, 0x1fffffff, 0x40000000, 0x80000000, 0xffffffff, 2 ** 53])
  for (const use of [Object.keys, Reflect.ownKeys, o => ({ ...o }), Object.getOwnPropertySymbols])
    try { seen.push(use(new Proxy({}, { ownKeys: () => ({ length, get 0() { throw new RangeError('read'); } }) })).length); } catch (e) { seen.push(e.name); }
const kept = Array.from({ length: 1000 }, () => new Uint8Array(16).fill(7));
for (const length of [0x20000000, 0x20000001])
  try { Reflect.ownKeys(new Proxy({}, { ownKeys: () => new Proxy({ length }, { get(_, k) { if (k === 'length') return length; if (k > 20000) throw new EvalError('enough'); return 'k' + k; } }) })); } catch (e) { seen.push(e.name); }
seen.push(kept.every(a => a.every(x => x === 7)));
[...new Set(seen)].sort().join();
