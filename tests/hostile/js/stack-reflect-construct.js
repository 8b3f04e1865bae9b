// status: limit
// timeout: 20s
// code: stack_limit
// why: recursion through Reflect.construct and a constructor
class A { constructor() { Reflect.construct(A, [], A); } }
new A();
