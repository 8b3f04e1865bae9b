// status: limit
// code: stack_limit
// why: a getter that reads itself
({ get x() { return this.x; } }).x;
