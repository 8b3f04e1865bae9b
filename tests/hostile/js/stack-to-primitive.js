// status: limit
// timeout: 20s
// code: stack_limit
// why: Symbol.toPrimitive that compares itself
({ [Symbol.toPrimitive]() { return this < this; } }) < 1;
