// status: limit
// timeout: 20s
// code: stack_limit
// why: super calls that come back to the derived method
class A { m() { return this.m(); } }
class B extends A { m() { return super.m(); } }
new B().m();
