// expect: {"even": ["0", "2", "8", "34", "144", "610"], "big": {"$type": "bigint", "value": "12586269025"},
//   "sum": {"$type": "bigint", "value": "10945"}, "pairs": ["a1", "a2", "b1", "b2"], "letters": "x,yy", "some": true,
//   "later": "resolved"}
// node: 22
function* fibonacci(): Generator<bigint> {
  for (let [a, b] = [0n, 1n]; ; [a, b] = [b, a + b]) yield a;
}

const even = fibonacci().filter((n) => n % 2n === 0n).map(String).take(6).toArray();
const big = fibonacci().drop(50).find((n) => n % 5n === 0n);
const sum = fibonacci().take(20).reduce((a, b) => a + b);
const pairs = ['a', 'b'].values().flatMap((letter) => [1, 2].map((n) => letter + n)).toArray();
const letters = new Map([['x', 1], ['y', 2]]).entries().map(([key, n]) => key.repeat(n)).toArray().join();
const some = new Set([1, 2, 3]).values().some((n) => n > 2);
const { promise, resolve } = Promise.withResolvers<string>();
setTimeout(() => resolve('resolved'), 1);

({ even, big, sum, pairs, letters, some, later: await promise });
