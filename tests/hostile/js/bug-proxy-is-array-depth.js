// status: ok
// value: [true,"RangeError","RangeError","RangeError","RangeError"]
// timeout: 5s
// why: CVE-2023-31922, bellard/quickjs issue 178: Array.isArray follows proxies of proxies on the machine's stack
let p = [];
for (let i = 0; i < 131072; i++) p = new Proxy(p, {});
const seen = [];
for (const f of [() => Array.isArray(p), () => JSON.stringify(p), () => [].concat(p).length, () => Object.prototype.toString.call(p), () => [[p]].flat(9).length])
  try { seen.push(f()); } catch (e) { seen.push(e.name); }
seen;
