// expect: {"SHA-1": "2fd4e1c67a2d28fced849ee1", "SHA-256": "d7a8fbb307d7809469ca9abc",
//   "SHA-512": "07e547d9586f6a73f73fbac0", "hmac": "5bdcc146bf60754e", "uuid": true, "random": 16}
const text = new TextEncoder().encode('The quick brown fox jumps over the lazy dog');
const hex = (buffer) => [...new Uint8Array(buffer)].map((b) => b.toString(16).padStart(2, '0')).join('');

const digests = {};
for (const name of ['SHA-1', 'SHA-256', 'SHA-512']) {
  digests[name] = hex(await crypto.subtle.digest(name, text)).slice(0, 24);
}

// HMAC by hand, for a test vector of RFC 4231
async function hmac(key, message) {
  const block = new Uint8Array(64);
  block.set(key);
  const pad = (byte) => block.map((b) => b ^ byte);
  const sha = async (...parts) => new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...parts)));
  return sha(pad(0x5c), await sha(pad(0x36), message));
}
function concat(...arrays) {
  const out = new Uint8Array(arrays.reduce((n, a) => n + a.length, 0));
  arrays.reduce((at, a) => (out.set(a, at), at + a.length), 0);
  return out;
}
const enc = (s) => new TextEncoder().encode(s);
digests.hmac = hex(await hmac(enc('Jefe'), enc('what do ya want for nothing?'))).slice(0, 16);

const id = crypto.randomUUID();
const random = crypto.getRandomValues(new Uint8Array(16));
return { ...digests, uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id), random: random.length };
