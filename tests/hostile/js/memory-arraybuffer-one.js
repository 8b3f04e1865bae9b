// status: ok
// timeout: 20s
// value: ["InternalError","RangeError","InternalError"]
// why: single buffers larger than memory and larger than can be
[2 ** 30, 2 ** 50, 2 ** 27].map((n) => { try { new ArrayBuffer(n); return 'none'; } catch (e) { return e.name; } });
