// status: ok
// timeout: 20s
// value: ["TypeError","TypeError"]
// why: a species constructor of ArrayBuffer that answers the buffer itself, or none
const a = new ArrayBuffer(1024), b = new ArrayBuffer(1024);
a.constructor = { [Symbol.species]: function () { return a; } };
b.constructor = { [Symbol.species]: function () { return {}; } };
[() => a.slice(0, 512), () => b.slice(0, 512)].map((f) => { try { f(); return 'none'; } catch (e) { return e.name; } });
