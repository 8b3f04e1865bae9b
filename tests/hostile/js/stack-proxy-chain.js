// status: ok
// timeout: 20s
// value: ["RangeError","RangeError","RangeError"]
// why: operations that descend fifty thousand proxies in native code
let p = function () {};
for (let i = 0; i < 50000; i++) p = new Proxy(p, {});
[() => p.x, () => Object.keys(p), () => p()].map((f) => { try { f(); return 'none'; } catch (e) { return e.name; } });
