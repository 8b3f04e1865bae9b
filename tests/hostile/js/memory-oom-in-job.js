// status: ok
// timeout: 20s
// value: "InternalError: out of memory"
// why: out of memory inside a promise job rejects the promise
let r;
try { await Promise.resolve().then(() => new Float64Array(2 ** 26)); } catch (e) { r = String(e); }
r;
