// expect: {"squares": [1, 4, 16, 25, 49], "primes": [[2, 3, 5, 7], [11, 13, 17, 19], [23, 29]], "closed": true,
//   "talk": [{"value": 5, "done": false}, {"value": 12, "done": false}, {"value": "total 42", "done": true}]}
type Op<A, B> = (source: Iterable<A>) => Iterable<B>;

const map = <A, B>(fn: (a: A) => B): Op<A, B> => function* (source) {
  for (const item of source) yield fn(item);
};
const filter = <A,>(test: (a: A) => boolean): Op<A, A> => function* (source) {
  for (const item of source) if (test(item)) yield item;
};
const take = <A,>(n: number): Op<A, A> => function* (source) {
  if (n <= 0) return;
  for (const item of source) {
    yield item;
    if (--n === 0) return;
  }
};
const chunk = <A,>(size: number): Op<A, A[]> => function* (source) {
  let part: A[] = [];
  for (const item of source) {
    part.push(item);
    if (part.length === size) {
      yield part;
      part = [];
    }
  }
  if (part.length) yield part;
};

function pipe<A>(source: Iterable<A>): Iterable<A>;
function pipe<A, B>(source: Iterable<A>, f: Op<A, B>): Iterable<B>;
function pipe<A, B, C>(source: Iterable<A>, f: Op<A, B>, g: Op<B, C>): Iterable<C>;
function pipe<A, B, C, D>(source: Iterable<A>, f: Op<A, B>, g: Op<B, C>, h: Op<C, D>): Iterable<D>;
function pipe(source: Iterable<unknown>, ...ops: Op<any, any>[]): Iterable<unknown> {
  return ops.reduce((s, op) => op(s), source);
}

let closed = false;
function* naturals(): Generator<number, never> {
  try {
    for (let n = 1; ; n++) yield n;
  } finally {
    closed = true;
  }
}

function* primes(): Generator<number> {
  const found: number[] = [];
  for (const n of naturals()) if (n > 1 && !found.some((p) => p * p <= n && n % p === 0)) yield (found.push(n), n);
}

const accumulate = (function* (): Generator<number, string, number> {
  let sum = 0;
  for (let i = 0; i < 3; i++) sum += yield sum;
  return `total ${sum}`;
})();
accumulate.next();

({
  squares: [...pipe(naturals(), map((n) => n * n), filter((n) => n % 3 === 1), take(5))],
  primes: [...pipe(primes(), take(10), chunk(4))],
  closed,
  talk: [accumulate.next(5), accumulate.next(7), accumulate.next(30)],
});
