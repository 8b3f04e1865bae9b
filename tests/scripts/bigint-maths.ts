// expect: {"factorial": {"$type": "bigint", "value": "265252859812191058636308480000000"},
//   "mersenne": [{"$type": "bigint", "value": "89"}, {"$type": "bigint", "value": "107"}, {"$type": "bigint",
//   "value": "127"}], "root2": "1.414213562373095048801688724209", "wrap": [44, -56], "mixed": "bigint > 31"}
function factorial(n: bigint): bigint {
  return n <= 1n ? 1n : n * factorial(n - 1n);
}

function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (base %= modulus; exponent > 0n; exponent >>= 1n, base = (base * base) % modulus) {
    if (exponent & 1n) result = (result * base) % modulus;
  }
  return result;
}

function isProbablePrime(n: bigint, witnesses: readonly bigint[] = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n]): boolean {
  if (n < 2n) return false;
  for (const p of witnesses) {
    if (n === p) return true;
    if (n % p === 0n) return false;
  }
  let d = n - 1n;
  let r = 0;
  while ((d & 1n) === 0n) {
    d >>= 1n;
    r++;
  }
  outer: for (const a of witnesses) {
    let x = modPow(a, d, n);
    if (x === 1n || x === n - 1n) continue;
    for (let i = 1; i < r; i++) {
      x = (x * x) % n;
      if (x === n - 1n) continue outer;
    }
    return false;
  }
  return true;
}

function sqrt(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

const digits = sqrt(2n * 10n ** 60n).toString();
return {
  factorial: factorial(30n),
  mersenne: [89n, 97n, 107n, 127n].filter((p) => isProbablePrime(2n ** p - 1n)),
  root2: `${digits[0]}.${digits.slice(1)}`,
  wrap: [BigInt.asUintN(8, 300n), BigInt.asIntN(8, 200n)].map(Number),
  mixed: typeof (5n ** 2n) + (10n > 9 ? ' > ' : ' <= ') + String(0x1fn),
};
