// status: timeout
// code: wall_time_limit
// why: Symbol.toPrimitive never answers an arithmetic operator
1 + { [Symbol.toPrimitive]() { for (;;); } };
