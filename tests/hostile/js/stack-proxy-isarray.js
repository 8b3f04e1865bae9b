// status: ok
// timeout: 20s
// value: [true,"RangeError"]
// why: Array.isArray and JSON.stringify descend fifty thousand proxies
let p = [];
for (let i = 0; i < 50000; i++) p = new Proxy(p, {});
[() => Array.isArray(p), () => JSON.stringify(p)].map((f) => { try { return f(); } catch (e) { return e.name; } });
