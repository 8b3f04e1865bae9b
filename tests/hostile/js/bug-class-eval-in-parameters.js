// status: error
// code: trap
// why: bellard/quickjs issue 249: eval in the parameters of a method that is reached by super, the variables of its closure lie elsewhere
const make = (0, eval)(`(function (depth) {
  class A { method({ } = eval('var inner = depth; this;')) { return this; } static s(x = eval('super.toString; new.target; () => x')) { return x; } }
  class B extends A { method(...e) { return super.method(); } get g() { return super.method(eval('({})')); } }
  const b = new B();
  return [b.method() === b, typeof A.s(), b.g === b, b.method({}) === b];
})`);
make(3);
