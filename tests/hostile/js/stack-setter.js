// status: limit
// timeout: 20s
// code: stack_limit
// why: a setter that writes itself
({ set x(v) { this.x = v; } }).x = 1;
