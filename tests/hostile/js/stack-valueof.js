// status: limit
// code: stack_limit
// why: valueOf that adds itself
+{ valueOf() { return +this; } };
