// status: ok
// value: ["InternalError","object","object","object","object","object"]
// timeout: 20s
// why: bellard/quickjs issue 111: the names of arrays and strings so long that their number overflows are asked for together
const seen = [];
const long = new String('x'.repeat(1 << 20));
for (const make of [() => ({ ...long }), () => Object.assign(long, { y: 1 }), () => { const a = []; a.length = 2 ** 32 - 1; return { ...a }; }, () => Object.getOwnPropertyNames(new Uint8Array(1 << 20)), () => Object.entries(new Uint8Array(1 << 18)), () => Reflect.ownKeys(Object.create(long))])
  try { seen.push(typeof make()); } catch (e) { seen.push(e.name); }
seen;
