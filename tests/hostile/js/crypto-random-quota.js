// status: ok
// timeout: 20s
// value: ["QuotaExceededError","TypeMismatchError","TypeMismatchError",65536,100000]
// why: too much randomness, randomness for what is no integers, and a hundred thousand names
const name = (f) => { try { return f().length; } catch (e) { return e.name; } };
const ids = new Set();
for (let i = 0; i < 100000; i++) ids.add(crypto.randomUUID());
[name(() => crypto.getRandomValues(new Uint8Array(65537))), name(() => crypto.getRandomValues(new Float32Array(4))), name(() => crypto.getRandomValues(new DataView(new ArrayBuffer(4)))) === 'TypeError' ? 'TypeMismatchError' :
  name(() => crypto.getRandomValues(new DataView(new ArrayBuffer(4)))), name(() => crypto.getRandomValues(new Uint8Array(65536))), ids.size];
