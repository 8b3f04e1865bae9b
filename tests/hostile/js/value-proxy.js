// status: ok
// timeout: 20s
// value: {"a":1,"b":[2]}
// why: a proxy without traps is read like its target
new Proxy({ a: 1, b: new Proxy([2], {}) }, {});
