// expect: {"all": ["a", "b", "c"], "race": "fast", "any": "y", "settled": ["no", "yes"], "failed": "first failure",
//   "aggregate": ["AggregateError", "one", "two"], "passed": ["closed", 1, 2, 3], "product": 24}
const wait = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
const fail = (ms, message) => wait(ms).then(() => Promise.reject(new Error(message)));

const results = {};
results.all = await Promise.all([wait(3, 'a'), 'b', wait(1, 'c')]);
results.race = await Promise.race([wait(30, 'slow'), wait(1, 'fast')]);
results.any = await Promise.any([fail(1, 'x'), wait(5, 'y')]);
results.settled = (await Promise.allSettled([fail(1, 'no'), wait(1, 'yes')])).map((r) => r.value ?? r.reason.message);
results.failed = await Promise.all([wait(20, 'never used'), fail(1, 'first failure')]).catch((e) => e.message);
results.aggregate = await Promise.any([fail(2, 'one'), fail(1, 'two')]).catch((e) => [e.constructor.name, ...e.errors.map((x) => x.message)]);

// a promise that is settled from outside
function deferred() {
  let resolve, reject;
  const promise = new Promise((res, rej) => {
    resolve = res;
    reject = rej;
  });
  return { promise, resolve, reject };
}
const gate = deferred();
const passed = [];
const walkers = [1, 2, 3].map(async (n) => {
  await gate.promise;
  passed.push(n);
});
passed.push('closed');
gate.resolve();
await Promise.all(walkers);
results.passed = passed;

const chain = [2, 3, 4].reduce((p, n) => p.then((acc) => wait(1, acc * n)), Promise.resolve(1));
results.product = await chain;
results;
