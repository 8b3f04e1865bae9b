// status: ok
// timeout: 20s
// value: "after"
// why: revoked proxies as values, members, prototypes, constructors and tags
const { proxy, revoke } = Proxy.revocable(function () {}, {});
revoke();
const child = Object.setPrototypeOf({ a: 1 }, proxy);
const built = Object.create({ constructor: proxy });
const tagged = { get [Symbol.toStringTag]() { return proxy; } };
for (const v of [proxy, [proxy], { proxy }, new Map([[proxy, proxy]]), child, built, tagged, Object.assign(new Error('x'), { cause: proxy })])
  for (const show of [console.log, console.dir, console.error, console.table, console.group, (x) => console.log('%s %o %O %d', x, x, x, x), display])
    try { show(v); } catch {}
'after';
