// status: limit
// timeout: 20s
// code: stack_limit
// why: a getter that reads itself
({ get x() { return this.x; } }).x;
