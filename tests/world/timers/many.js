// ours: timers fire in the order of their due times; Node runs all that have one delay together when it is late
const log = [];
const start = Date.now();
let seed = 7, running = true;
const ids = [];
for (let i = 0; i < 900; i++) {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  const delay = 10 + seed % 50;
  const before = Date.now();
  const id = setTimeout(() => log.push({i, from: before + delay, to}), delay);
  const to = Date.now() + delay;
  ids.push(id);
}
for (let i = 0; i < 900; i += 2) clearTimeout(ids[i]);
setTimeout(() => {
  console.log(log.length, log.every(({i}) => i % 2 === 1), new Set(log.map(({i}) => i)).size);
  console.log(log.every((x, n) => n === 0 || log[n - 1].from <= x.to));
  console.log(log.some((x, n) => n > 0 && log[n - 1].i > x.i));
}, 100);
void 0;
