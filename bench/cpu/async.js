// async: promises and async functions. Sequential awaits, Promise.all, a pool
// with limited concurrency, async generators, retries and an async queue.
// No timers: everything runs on the job queue.

const later = (value) => Promise.resolve(value);

async function fetchUser(id) {
  const base = await later({ id, name: "user" + id });
  const score = await later((id * 37) % 101);
  return { ...base, score };
}

async function flaky(n, attempt) {
  await null;
  if ((n + attempt) % 3 !== 0) throw new Error("try again");
  return n * 2;
}

async function withRetry(n) {
  for (let attempt = 0; ; attempt++) {
    try {
      return await flaky(n, attempt);
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

async function pool(items, limit, work) {
  const results = new Array(items.length);
  let next = 0;
  async function worker() {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i]);
    }
  }
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}

async function* pages(count, size) {
  for (let page = 0; page < count; page++) {
    yield await later(Array.from({ length: size }, (_, i) => page * size + i));
  }
}

class Channel {
  constructor() {
    this.values = [];
    this.waiters = [];
  }
  send(value) {
    if (this.waiters.length) this.waiters.shift()(value);
    else this.values.push(value);
  }
  receive() {
    if (this.values.length) return later(this.values.shift());
    return new Promise((resolve) => this.waiters.push(resolve));
  }
}

async function pingPong(rounds) {
  const there = new Channel();
  const back = new Channel();
  async function echo() {
    for (let i = 0; i < rounds; i++) back.send((await there.receive()) + 1);
  }
  const echoing = echo();
  let value = 0;
  for (let i = 0; i < rounds; i++) {
    there.send(value);
    value = await back.receive();
  }
  await echoing;
  return value;
}

async function main() {
  let total = 0;
  for (let i = 0; i < 4000; i++) total += (await fetchUser(i)).score;

  const ids = Array.from({ length: 3500 }, (_, i) => i);
  const users = await Promise.all(ids.map(fetchUser));
  const best = users.reduce((a, b) => (b.score > a.score ? b : a));

  const doubled = await pool(ids.slice(0, 2500), 8, withRetry);
  const sum = doubled.reduce((a, b) => a + b, 0);

  let seen = 0;
  for await (const page of pages(400, 10)) {
    for (const n of page) seen = (seen * 3 + n) % 1000003;
  }

  const settled = await Promise.allSettled(ids.slice(0, 1500).map((n) => flaky(n, 0)));
  const failed = settled.filter((s) => s.status === "rejected").length;

  let chain = later(1);
  for (let i = 0; i < 4000; i++) chain = chain.then((x) => (x * 5 + i) % 10007);
  const first = await Promise.race([later("a"), later("b")]);
  return [total, best.id, sum, seen, failed, await chain, first, await pingPong(3000)].join(":");
}

main();
