// generators: generators and iterators. Lazy pipelines, permutations, tree
// walks, a hand-written iterator, delegation, and values sent into a generator.

function* naturals(from = 1) {
  for (let n = from; ; n++) yield n;
}

function* take(n, source) {
  if (n <= 0) return;
  for (const value of source) {
    yield value;
    if (--n === 0) return;
  }
}

function* map(fn, source) {
  for (const value of source) yield fn(value);
}

function* filter(fn, source) {
  for (const value of source) if (fn(value)) yield value;
}

function* zip(a, b) {
  const other = b[Symbol.iterator]();
  for (const value of a) {
    const next = other.next();
    if (next.done) return;
    yield [value, next.value];
  }
}

function* permutations(list, n = list.length) {
  if (n <= 1) {
    yield list.slice();
    return;
  }
  for (let i = 0; i < n; i++) {
    yield* permutations(list, n - 1);
    const j = n % 2 ? 0 : i;
    [list[n - 1], list[j]] = [list[j], list[n - 1]];
  }
}

class Tree {
  constructor(value, left, right) {
    this.value = value;
    this.left = left;
    this.right = right;
  }
  *[Symbol.iterator]() {
    if (this.left) yield* this.left;
    yield this.value;
    if (this.right) yield* this.right;
  }
}

function build(low, high) {
  if (low > high) return null;
  const middle = (low + high) >> 1;
  return new Tree(middle, build(low, middle - 1), build(middle + 1, high));
}

class Range {
  constructor(from, to, step = 1) {
    Object.assign(this, { from, to, step });
  }
  [Symbol.iterator]() {
    let { from, to, step } = this;
    return {
      next() {
        if (from >= to) return { value: undefined, done: true };
        const value = from;
        from += step;
        return { value, done: false };
      },
    };
  }
}

function* averager() {
  let total = 0;
  let count = 0;
  let value = yield 0;
  for (;;) {
    total += value;
    count++;
    value = yield total / count;
  }
}

function* paragraphs(lines) {
  let current = [];
  try {
    for (const line of lines) {
      if (line === "") {
        if (current.length) yield current.join(" ");
        current = [];
      } else {
        current.push(line);
      }
    }
    if (current.length) yield current.join(" ");
  } finally {
    current = null;
  }
}

function main() {
  let sum = 0;
  const odd = filter((n) => n % 2 === 1, naturals());
  const squares = map((n) => (n * n) % 1009, odd);
  for (const value of take(12000, squares)) sum += value;

  let orders = 0;
  for (const [a, b, , d] of permutations([1, 2, 3, 4, 5, 6, 7])) {
    if (a < b && d % 2 === 0) orders++;
  }

  let walk = 0;
  for (const value of build(1, 9000)) walk = (walk * 7 + value) % 1000003;

  let steps = 0;
  for (const n of new Range(0, 90000, 3)) steps += n % 11;
  const pairs = [...zip(take(4000, naturals(5)), new Range(0, 9000, 2))];
  const [first, second, ...rest] = new Range(0, 1500);

  const average = averager();
  average.next();
  let last = 0;
  for (let i = 0; i < 12000; i++) last = average.next(i % 100).value;

  const lines = Array.from({ length: 10000 }, (_, i) => (i % 6 === 5 ? "" : "line " + i));
  let text = 0;
  for (const paragraph of paragraphs(lines)) text += paragraph.length;

  const unique = new Set(map((n) => n % 500, take(7000, naturals())));
  return [sum, orders, walk, steps, pairs[3999].join("/"), first + second + rest.length,
    last.toFixed(3), text, unique.size].join(":");
}

main();
