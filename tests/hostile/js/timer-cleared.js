// status: ok
// timeout: 20s
// limits: timers=100000
// value: 0
// why: a hundred thousand timers with all kinds of delays, cleared in another order
const ids = [];
let fired = 0;
for (let i = 0; i < 100000; i++) ids.push(setTimeout(() => { fired++; }, 100000 + (i * 7919) % 100003));
for (let i = 0; i < 100000; i++) clearTimeout(ids[(i * 7919) % 100000]);
for (const v of [null, undefined, NaN, {}, Symbol('s'), -1, 1e308, '5', new Proxy({}, { get() { throw 1; } })]) { clearTimeout(v); clearInterval(v); }
fired;
