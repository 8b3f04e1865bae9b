// expect: {"length": [12, 11, 20], "hex": "4772c3bcc39f", "round": true, "base64": "R3LDvMOfZSwg5LiW55WMIPCfkYs=",
//   "claims": {"alg": "none", "sub": "ada", "expires": {"$type": "date", "value": "2025-04-01T09:30:00.000Z"}},
//   "invalid": "TypeError"}
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

const toHex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const fromHex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const toBase64 = (bytes) => btoa(String.fromCharCode(...bytes));
const fromBase64Url = (text) => {
  const padded = text.replace(/-/g, '+').replace(/_/g, '/').padEnd(Math.ceil(text.length / 4) * 4, '=');
  return Uint8Array.from(atob(padded), (c) => c.charCodeAt(0));
};

const sample = 'Grüße, 世界 👋';
const bytes = encoder.encode(sample);

const token = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEiLCJleHAiOjE3NDM0OTk4MDB9.';
const [header, payload] = token.split('.', 2).map((part) => JSON.parse(decoder.decode(fromBase64Url(part))));

let invalid = 'accepted';
try {
  decoder.decode(new Uint8Array([0xff, 0xfe]));
} catch (e) {
  invalid = e.name;
}

return {
  length: [sample.length, [...sample].length, bytes.length],
  hex: toHex(bytes.subarray(0, 6)),
  round: decoder.decode(fromHex(toHex(bytes))) === sample,
  base64: toBase64(bytes),
  claims: { alg: header.alg, sub: payload.sub, expires: new Date(payload.exp * 1000) },
  invalid,
};
