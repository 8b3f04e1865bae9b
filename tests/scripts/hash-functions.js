// expect: {"fnv": ["811c9dc5", "e40c292c", "bf9cf968"], "crc": "cbf43926", "adler": 152961502, "deck": [0, 7, 3, 5, 2,
//   1, 8, 9, 4, 6], "mean": 0.5084982381085865}
function fnv1a(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});
const crc32 = (bytes) => (bytes.reduce((c, b) => CRC[(c ^ b) & 0xff] ^ (c >>> 8), -1) ^ -1) >>> 0;

function adler32(bytes) {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

// a seeded generator, so that a shuffle can be repeated
function mulberry32(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const random = mulberry32(42);
const deck = Array.from({ length: 10 }, (_, i) => i);
for (let i = deck.length - 1; i > 0; i--) {
  const j = Math.floor(random() * (i + 1));
  [deck[i], deck[j]] = [deck[j], deck[i]];
}

const bytes = new TextEncoder().encode('123456789');
({ fnv: ['', 'a', 'foobar'].map(fnv1a), crc: crc32(bytes).toString(16), adler: adler32(bytes), deck, mean: Array.from({ length: 1000 }, random).reduce((a, b) => a + b) / 1000 })
