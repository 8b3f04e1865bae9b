// status: timeout
// code: wall_time_limit
// why: Set.prototype.forEach whose callback deletes and adds again, so that it never ends
const s = new Set([1]);
s.forEach((v) => { s.delete(v); s.add(v); });
