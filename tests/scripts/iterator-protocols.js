// expect: {"zipped": [["a", 0, true], ["b", 1, false]], "leaves": [1, 2, 3, 4], "squares": [0, 1, 4, 9], "parts": [10,
//   30, [40]], "log": ["sent", "caught thrown", "cleaned up"], "ended": {"value": "bye", "done": true}, "entries": 15}
class Range {
  constructor(start, end, step = 1) {
    Object.assign(this, { start, end, step });
  }
  [Symbol.iterator]() {
    let { start: next, end, step } = this;
    return {
      next: () => (next < end ? { value: (next += step) - step, done: false } : { value: undefined, done: true }),
      [Symbol.iterator]() {
        return this;
      },
    };
  }
  static of(n) {
    return new Range(0, n);
  }
}

function* zip(...iterables) {
  const iterators = iterables.map((i) => i[Symbol.iterator]());
  for (;;) {
    const results = iterators.map((i) => i.next());
    if (results.some((r) => r.done)) return;
    yield results.map((r) => r.value);
  }
}
function* walk(tree) {
  if (!Array.isArray(tree)) return void (yield tree);
  for (const branch of tree) yield* walk(branch);
}
async function* ticker(n) {
  for (const i of Range.of(n)) {
    await new Promise((r) => setTimeout(r, 1));
    yield i * i;
  }
}

const log = [];
const guarded = (function* () {
  try {
    while (true) {
      try {
        log.push(yield log.length);
      } catch (e) {
        log.push(`caught ${e}`);
      }
    }
  } finally {
    log.push('cleaned up');
  }
})();
guarded.next();
guarded.next('sent');
guarded.throw('thrown');
const ended = guarded.return('bye');

const squares = [];
for await (const square of ticker(4)) squares.push(square);
const [a, , c = 'default', ...others] = new Range(10, 50, 10);

({ zipped: [...zip('ab', Range.of(9), new Set([true, false]))], leaves: [...walk([1, [2, [3, []]], 4])], squares, parts: [a, c, others], log, ended, entries: Math.max(...new Range(1, 20, 7)) });
