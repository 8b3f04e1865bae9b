// status: timeout
// code: wall_time_limit
// why: Math.sumPrecise drinks from an endless iterator of native steps
const o = { next: Object.prototype.valueOf, value: 1, done: false };
o[Symbol.iterator] = Object.prototype.valueOf;
Math.sumPrecise(o);
