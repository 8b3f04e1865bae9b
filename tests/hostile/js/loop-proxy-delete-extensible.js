// status: timeout
// code: wall_time_limit
// why: the isExtensible trap spins on the deleteProperty trap and swallows what it throws
const p = new Proxy({}, {
  isExtensible() { for (;;) { try { delete p.x; } catch {} } },
  deleteProperty() { return false; },
});
Object.isFrozen(p);
