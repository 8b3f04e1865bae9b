// status: ok
// timeout: 20s
// value: ["first","InternalError"]
// why: out of memory inside finally replaces the first error
let r;
try {
  try { throw new Error('first'); } catch (e) { r = [e.message]; throw e; } finally { new ArrayBuffer(1 << 30); }
} catch (e) { r.push(e.name); }
r;
