// expect: {"pi": true, "inside": 235766, "buckets": 100, "ordered": true, "length": 78667, "end": "h-ffi-ffj"}
// A few million operations and some megabytes: less than any default limit.
const N = 300_000;
const points = new Float64Array(N * 2);
let seed = 12345;
const next = () => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff;
for (let i = 0; i < points.length; i++) points[i] = next();

let inside = 0;
for (let i = 0; i < points.length; i += 2) {
  const x = points[i], y = points[i + 1];
  if (x * x + y * y <= 1) inside++;
}

const buckets = new Map();
for (let i = 0; i < points.length; i += 2) {
  const key = `${Math.floor(points[i] * 10)}:${Math.floor(points[i + 1] * 10)}`;
  buckets.set(key, (buckets.get(key) ?? 0) + 1);
}

const sorted = Float64Array.from(points).sort();
const parts = [];
for (let i = 0; i < 20000; i++) parts.push(i.toString(36));
const joined = parts.join('-');

({ pi: Math.abs((4 * inside) / N - Math.PI) < 0.01, inside, buckets: buckets.size, ordered: sorted.every((v, i) => i === 0 || sorted[i - 1] <= v), length: joined.length, end: joined.slice(-9) });
