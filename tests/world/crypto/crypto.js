const T = (name, f) => {
  let out;
  try { out = f(); out = typeof out === 'string' ? out : JSON.stringify(out); } catch (e) { out = 'throws ' + e.name; }
  console.log(name + ': ' + out);
};
const hex = (buffer) => Array.from(new Uint8Array(buffer), (b) => b.toString(16).padStart(2, '0')).join('');
const bytes = (n) => new Uint8Array(n).map((_, i) => i * 7);
const digest = async (name, algorithm, data) => {
  let out;
  try { out = await crypto.subtle.digest(algorithm, data); out = out instanceof ArrayBuffer && hex(out); } catch (e) { out = 'rejects ' + e.name; }
  console.log(name + ': ' + out);
};
(async () => {
  for (const algorithm of ['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'])
    for (const n of [0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 1000, 100000]) await digest(algorithm + ' of ' + n, algorithm, bytes(n));
  await digest('lower case', 'sha-256', bytes(3));
  await digest('an object', {name: 'Sha-1'}, bytes(3));
  for (const algorithm of ['MD5', 'SHA256', 'SHA-224', '', 'constructor', '__proto__', {}, null, undefined, 1, [], 'SHA-256 ']) await digest(JSON.stringify(algorithm), algorithm, bytes(3));
  await digest('ArrayBuffer', 'SHA-1', bytes(3).buffer);
  await digest('DataView', 'SHA-1', new DataView(bytes(8).buffer, 2, 3));
  await digest('a part', 'SHA-1', bytes(8).subarray(2, 5));
  await digest('Float64Array', 'SHA-1', new Float64Array([1, 2]));
  for (const data of ['abc', null, undefined, {}, [1], 1]) await digest('data ' + JSON.stringify(data), 'SHA-1', data);
  console.log(crypto.subtle.digest('SHA-1', bytes(1)) instanceof Promise);
  const changed = bytes(3), promise = crypto.subtle.digest('SHA-1', changed);
  changed.fill(9);
  console.log(hex(await promise));
  try { await SubtleCrypto.prototype.digest.call({}, 'SHA-1', bytes(1)); } catch (e) { console.log(e.name); }
})();
const random = (name, make) => T('random ' + name, () => { const a = make(); return [crypto.getRandomValues(a) === a, a.length]; });
for (const C of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array]) random(C.name, () => new C(5));
random('nothing', () => new Uint8Array(0));
random('65536', () => new Uint8Array(65536));
random('65537', () => new Uint8Array(65537));
random('too many words', () => new Uint32Array(16385));
random('Float32Array', () => new Float32Array(1));
random('Float64Array', () => new Float64Array(1));
T('what went wrong', () => [() => crypto.getRandomValues(new Uint8Array(70000)), () => crypto.getRandomValues(new Float32Array(1))].map((f) => { try { f(); } catch (e) { return [e.name, e.code, e instanceof DOMException]; } }));
T('only its part', () => { const a = new Uint8Array(100); crypto.getRandomValues(a.subarray(40, 60)); return [a.slice(0, 40).some((x) => x), a.slice(40, 60).some((x) => x), a.slice(60).some((x) => x)]; });
T('two draws differ', () => { const a = crypto.getRandomValues(new Uint8Array(16)), b = crypto.getRandomValues(new Uint8Array(16)); return String(a) !== String(b); });
T('all bits move', () => { let or = 0, and = 255; for (const x of crypto.getRandomValues(new Uint8Array(2000))) { or |= x; and &= x; } return [or, and]; });
T('uuid', () => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()));
T('uuids differ', () => new Set(Array.from({length: 100}, () => crypto.randomUUID())).size);
T('wrong this', () => [() => Crypto.prototype.randomUUID.call({}), () => Crypto.prototype.getRandomValues.call({}, new Uint8Array(1))].map((f) => { try { f(); return 'fine'; } catch (e) { return e.name; } }));
T('constructors', () => [Crypto, SubtleCrypto].map((C) => { try { new C(); } catch (e) { return e.name; } }));
T('tags', () => [crypto, crypto.subtle].map((v) => Object.prototype.toString.call(v)));
T('same object', () => crypto.subtle === crypto.subtle);
