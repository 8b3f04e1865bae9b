// status: limit
// timeout: 20s
// code: stack_limit
// why: a class hierarchy deeper than the stack
let C = class {};
for (let i = 0; i < 6000; i++) C = class extends C {};
new C();
