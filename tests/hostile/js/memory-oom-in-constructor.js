// status: ok
// timeout: 20s
// value: "InternalError"
// why: out of memory in a field initialiser of a derived class
class A { a = new ArrayBuffer(2 ** 28); }
class B extends A { b = 1; }
let r;
try { new B(); } catch (e) { r = e.name; }
r;
