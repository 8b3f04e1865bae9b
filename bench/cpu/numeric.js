// numeric: integer arithmetic. A prime sieve, Collatz chains, gcds, modular
// powers and a small integer dynamic program.

function sieve(limit) {
  const composite = new Array(limit + 1).fill(false);
  const primes = [];
  for (let i = 2; i <= limit; i++) {
    if (composite[i]) continue;
    primes.push(i);
    for (let j = i * i; j <= limit; j += i) composite[j] = true;
  }
  return primes;
}

function collatzLength(n) {
  let steps = 1;
  while (n !== 1) {
    n = n % 2 === 0 ? n / 2 : 3 * n + 1;
    steps++;
  }
  return steps;
}

function gcd(a, b) {
  while (b !== 0) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

function powMod(base, exponent, modulus) {
  let result = 1;
  base %= modulus;
  while (exponent > 0) {
    if (exponent & 1) result = (result * base) % modulus;
    base = (base * base) % modulus;
    exponent >>= 1;
  }
  return result;
}

// The number of ways to pay an amount with the given coins.
function waysToPay(amount, coins) {
  const ways = new Array(amount + 1).fill(0);
  ways[0] = 1;
  for (const coin of coins) {
    for (let i = coin; i <= amount; i++) {
      ways[i] = (ways[i] + ways[i - coin]) % 1000007;
    }
  }
  return ways[amount];
}

function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

function main() {
  const primes = sieve(90000);
  let sum = 0;
  for (const p of primes) sum = (sum * 31 + p) % 1000003;

  let longest = 0;
  for (let n = 1; n <= 8500; n++) {
    longest = Math.max(longest, collatzLength(n));
  }

  let coprime = 0;
  for (let a = 1; a <= 190; a++) {
    for (let b = 1; b <= 190; b++) {
      if (gcd(a, b) === 1) coprime++;
    }
  }

  let powers = 0;
  for (let i = 1; i < 8500; i++) {
    powers = (powers + powMod(i, 65537, 94906249)) % 1000003;
  }

  const ways = waysToPay(26000, [1, 2, 5, 10, 20, 50, 100, 200]);
  return [primes.length, sum, longest, coprime, powers, ways, fib(22)].join(":");
}

main();
