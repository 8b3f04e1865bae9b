// expect: {"curried": [6, 6], "halves": [[1, 3, 5], [0, 2, 4, 6]], "zipped": ["a1", "b2"], "deep": 1250025000,
//   "slug": "creme-brulee-cafe", "church": 6, "calls": 1}
const pipe = (...fns) => (x) => fns.reduce((v, f) => f(v), x);
const curry = (fn) => function curried(...args) {
  return args.length >= fn.length ? fn(...args) : (...more) => curried(...args, ...more);
};
const partition = (list, test) => list.reduce(([yes, no], x) => (test(x) ? [[...yes, x], no] : [yes, [...no, x]]), [[], []]);
const range = (n) => [...Array(n).keys()];
const zipWith = (f, a, b) => a.slice(0, Math.min(a.length, b.length)).map((x, i) => f(x, b[i]));
const once = (fn) => {
  let done = false, result;
  return (...args) => (done ? result : ((done = true), (result = fn(...args))));
};
const trampoline = (fn) => (...args) => {
  let result = fn(...args);
  while (typeof result === 'function') result = result();
  return result;
};

const add = curry((a, b, c) => a + b + c);
const sumTo = trampoline(function sum(n, acc = 0) {
  return n === 0 ? acc : () => sum(n - 1, acc + n);
});
const slug = pipe(
  (s) => s.normalize('NFD').replace(/[\u0300-\u036f]/g, ''),
  (s) => s.toLowerCase(),
  (s) => s.replace(/[^a-z0-9]+/g, '-'),
  (s) => s.replace(/^-|-$/g, ''),
);

// Church numerals, for fun
const zero = () => (x) => x;
const succ = (n) => (f) => (x) => f(n(f)(x));
const plus = (m) => (n) => (f) => (x) => m(f)(n(f)(x));
const toNumber = (n) => n((x) => x + 1)(0);
const three = succ(succ(succ(zero)));

let calls = 0;
const init = once(() => ++calls);
init();
init();

return { curried: [add(1)(2)(3), add(1, 2)(3)], halves: partition(range(7), (n) => n % 2), zipped: zipWith((a, b) => a + b, ['a', 'b', 'c'], ['1', '2']), deep: sumTo(50_000), slug: slug('  Crème Brûlée & Café! '), church: toNumber(plus(three)(three)), calls };
