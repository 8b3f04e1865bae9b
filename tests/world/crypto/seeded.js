// ours: with a seed the values are known, and Node has no such thing
const T = (name, f) => {
  let out;
  try { out = f(); out = typeof out === 'string' ? out : JSON.stringify(out); } catch (e) { out = 'throws ' + e.name; }
  console.log(name + ': ' + out);
};
T('values', () => [...crypto.getRandomValues(new Uint8Array(8))]);
T('uuid', () => crypto.randomUUID());
T('again', () => [...crypto.getRandomValues(new Uint16Array(4))]);
T('what is there', () => [Reflect.ownKeys(Crypto.prototype).map(String), Reflect.ownKeys(SubtleCrypto.prototype).map(String), Reflect.ownKeys(crypto), typeof CryptoKey]);
