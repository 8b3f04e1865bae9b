// status: ok
// timeout: 20s
// value: "InternalError"
// why: out of memory inside toString under string concatenation
let r;
try { '' + { toString() { return new Uint8Array(2 ** 28); } }; } catch (e) { r = e.name; }
r;
