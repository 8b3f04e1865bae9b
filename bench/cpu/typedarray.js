// typedarray: binary data. SHA-256, CRC-32, a matrix product, an image blur,
// a record format read and written with DataView, and a bit set.

const K = new Uint32Array(64);
const START = new Uint32Array(8);
(function constants() {
  const fraction = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
  let n = 0;
  for (let candidate = 2; n < 64; candidate++) {
    let prime = true;
    for (let d = 2; d * d <= candidate; d++) if (candidate % d === 0) prime = false;
    if (!prime) continue;
    if (n < 8) START[n] = fraction(Math.sqrt(candidate));
    // The exact cube root bits do not matter here, only that all engines agree.
    K[n++] = fraction(Math.sqrt(Math.sqrt(candidate)));
  }
})();

const rotate = (x, n) => (x >>> n) | (x << (32 - n));

// SHA-256 in its structure, with other round constants (see above).
function digest(bytes) {
  const padded = new Uint8Array((bytes.length + 72) & ~63);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, bytes.length * 8);
  const state = START.slice();
  const w = new Uint32Array(64);
  for (let block = 0; block < padded.length; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(block + i * 4);
    for (let i = 16; i < 64; i++) {
      const s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >>> 3);
      const s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const t1 = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t1) | 0;
      d = c; c = b; b = a; a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((x, i) => { state[i] += x; });
  }
  return Array.from(state, (x) => x.toString(16).padStart(8, "0")).join("");
}

function makeCrcTable() {
  return Uint32Array.from({ length: 256 }, (_, n) => {
    for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n;
  });
}

function crc32(bytes, table) {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = table[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function matrixProduct(a, b, n) {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
      out[i * n + j] = sum;
    }
  }
  return out;
}

function blur(image, w, h) {
  const out = new Uint8ClampedArray(image.length);
  for (let y = 1; y < h - 1; y++) {
    for (let x = 1; x < w - 1; x++) {
      const i = y * w + x;
      out[i] = (image[i] * 4 + image[i - 1] + image[i + 1] + image[i - w] + image[i + w]) / 8;
    }
  }
  return out;
}

function records(count) {
  const view = new DataView(new ArrayBuffer(count * 16));
  for (let i = 0; i < count; i++) {
    view.setUint32(i * 16, i, true);
    view.setInt16(i * 16 + 4, -i & 0x7fff);
    view.setFloat64(i * 16 + 8, i * 0.5, true);
  }
  let total = 0;
  for (let i = 0; i < count; i++) {
    total += view.getUint32(i * 16, true) + view.getInt16(i * 16 + 4) + view.getFloat64(i * 16 + 8, true);
  }
  return total;
}

function main() {
  const bytes = new Uint8Array(50000);
  let x = 1;
  for (let i = 0; i < bytes.length; i++) {
    x ^= x << 13; x ^= x >>> 17; x ^= x << 5;
    bytes[i] = x;
  }
  const hash = digest(bytes.subarray(0, 20000));
  const crc = crc32(bytes, makeCrcTable());

  const n = 54;
  const a = Float64Array.from({ length: n * n }, (_, i) => (i % 17) / 4);
  const c = matrixProduct(matrixProduct(a, a, n), a, n);
  const trace = c.filter((_, i) => i % (n + 1) === 0).reduce((s, v) => s + v, 0);

  let image = new Uint8ClampedArray(bytes.buffer, 0, 160 * 120);
  for (let i = 0; i < 3; i++) image = blur(image, 160, 120);
  const light = image.reduce((s, v) => s + v, 0);

  const bits = new Uint32Array(1024);
  for (let i = 0; i < 30000; i++) {
    const bit = (i * 7919) % 32768;
    bits[bit >> 5] |= 1 << (bit & 31);
  }
  const sorted = Int16Array.from(bytes.subarray(0, 12000)).sort();
  return [hash.slice(0, 16), crc, trace, light, records(7000), bits[100], sorted[6000]].join(":");
}

main();
