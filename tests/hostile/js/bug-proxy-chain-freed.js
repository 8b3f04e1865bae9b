// status: ok
// value: "RangeError,RangeError,RangeError,RangeError,RangeError,RangeError,RangeError,RangeError,answered,RangeError"
// timeout: 5s
// why: CVE-2023-31922: the same chain of proxies, as prototype, as function, and freed at once
const seen = [];
let p = function () {};
for (let i = 0; i < 100000; i++) p = new Proxy(p, {});
for (const f of [() => p(), () => new p(), () => p.x, () => 'x' in p, () => Object.getPrototypeOf(p), () => delete p.x, () => Object.isExtensible(p), () => ({ __proto__: p }).y, () => typeof p, () => p instanceof p])
  try { f(); seen.push('answered'); } catch (e) { seen.push(e.name); }
p = null;
seen.join();
