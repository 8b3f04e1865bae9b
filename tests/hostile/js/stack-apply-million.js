// status: error
// timeout: 20s
// code: uncaught_error
// error: RangeError: too many arguments in function call (only 65535 allowed)
// why: a call with more arguments than the engine takes is no stack overflow
Math.max.apply(null, new Array(100000));
