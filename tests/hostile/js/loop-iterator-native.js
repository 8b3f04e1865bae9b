// status: timeout
// code: wall_time_limit
// why: an iterator whose next is a built-in, so that no guest bytecode runs between two steps
const o = { next: Object.prototype.valueOf, value: 1, done: false };
o[Symbol.iterator] = Object.prototype.valueOf;
new Set(o);
