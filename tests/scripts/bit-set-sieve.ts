// expect: {"count": 17984, "check": 17984, "last": 199999, "twins": 2160, "widest": 86, "after": 155921}
class BitSet {
  readonly #words: Uint32Array;
  constructor(readonly length: number) {
    this.#words = new Uint32Array((length + 31) >>> 5);
  }
  add(i: number): void {
    this.#words[i >>> 5] |= 1 << (i & 31);
  }
  has(i: number): boolean {
    return (this.#words[i >>> 5] & (1 << (i & 31))) !== 0;
  }
  get count(): number {
    let n = 0;
    for (let w of this.#words) {
      w -= (w >>> 1) & 0x55555555;
      w = (w & 0x33333333) + ((w >>> 2) & 0x33333333);
      n += (((w + (w >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
    }
    return n;
  }
}

function sieve(limit: number): BitSet {
  const composite = new BitSet(limit + 1);
  for (let p = 2; p * p <= limit; p++) {
    if (composite.has(p)) continue;
    for (let q = p * p; q <= limit; q += p) composite.add(q);
  }
  return composite;
}

const LIMIT = 200_000;
const composite = sieve(LIMIT);
const primes: number[] = [];
for (let n = 2; n <= LIMIT; n++) if (!composite.has(n)) primes.push(n);

const twins = primes.reduce((n, p, i) => n + Number(primes[i + 1] === p + 2), 0);
const gaps = primes.slice(1).map((p, i) => p - primes[i]);
const widest = Math.max(...gaps);
return { count: primes.length, check: LIMIT - 1 - composite.count, last: primes.at(-1), twins, widest, after: primes[gaps.indexOf(widest)] };
