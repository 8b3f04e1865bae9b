// status: limit
// timeout: 20s
// code: stack_limit
// why: Symbol.hasInstance that asks itself
const o = { [Symbol.hasInstance](v) { return v instanceof o; } };
1 instanceof o;
