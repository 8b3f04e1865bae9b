// expect: {"balance": 10, "journal": ["100 - 60 = 40", "40 - 30 = 10"], "failed": ["only 10 left"]}
// tools: slow
class Mutex {
  #tail = Promise.resolve();
  runExclusive(task) {
    const result = this.#tail.then(task);
    this.#tail = result.catch(() => {});
    return result;
  }
}

const mutex = new Mutex();
let balance = 100;
const journal = [];

async function withdraw(amount) {
  const before = balance;
  await tools.slow({ ms: 2 });
  if (before < amount) throw new Error(`only ${before} left`);
  balance = before - amount;
  journal.push(`${before} - ${amount} = ${balance}`);
}

const results = await Promise.allSettled([60, 30, 40].map((amount) => mutex.runExclusive(() => withdraw(amount))));
({ balance, journal, failed: results.filter((r) => r.status === 'rejected').map((r) => r.reason.message) })
