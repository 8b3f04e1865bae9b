// status: limit
// timeout: 20s
// code: stack_limit
// why: valueOf that adds itself
+{ valueOf() { return +this; } };
