// status: ok
// timeout: 20s
// value: ["TypeError","TypeError","TypeError"]
// why: a detached buffer is transferred, resized and sliced again
const b = new ArrayBuffer(8, { maxByteLength: 16 });
b.transfer();
[() => b.transfer(), () => b.resize(4), () => b.slice(0)].map((f) => { try { f(); return 'none'; } catch (e) { return e.name; } });
