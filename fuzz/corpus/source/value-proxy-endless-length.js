// status: limit
// code: value_limit
// timeout: 20s
// why: a proxy of an array that claims the highest length
new Proxy([], { get: (t, k) => (k === 'length' ? 2 ** 53 - 1 : 1) });
