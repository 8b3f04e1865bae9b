// status: ok
// timeout: 20s
// value: ["RangeError","InternalError","RangeError","alive"]
// why: caught limit errors of several kinds, one after the other
const tries = [function f() { f(); }, () => new ArrayBuffer(1 << 30), () => 'x'.repeat(2 ** 31)];
const r = tries.map((f) => { try { f(); } catch (e) { return e.name; } });
await null;
[...r, 'alive'];
