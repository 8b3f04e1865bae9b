// status: limit
// timeout: 20s
// code: stack_limit
// why: a field that makes another instance
class A { a = new A(); }
new A();
