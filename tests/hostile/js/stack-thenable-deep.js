// status: limit
// timeout: 20s
// code: stack_limit
// why: a then method that calls itself before it answers
await { then(r) { this.then(r); } };
