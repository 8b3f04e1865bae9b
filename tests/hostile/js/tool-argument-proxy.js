// status: ok
// timeout: 20s
// value: "done"
// tools: echo
// why: proxies whose traps lie about keys, lengths and descriptors
const lies = [
  new Proxy({}, { ownKeys: () => ['a', 'b'], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) }),
  new Proxy([], { get: (t, k) => (k === 'length' ? -1 : 1) }), new Proxy([], { get: (t, k) => (k === 'length' ? NaN : 1) }),
  new Proxy([], { get: (t, k) => (k === 'length' ? '3' : k) }), new Proxy({}, { get: () => undefined, has: () => false }),
];
for (const l of lies) await tools.echo(l).catch(() => {});
'done';
